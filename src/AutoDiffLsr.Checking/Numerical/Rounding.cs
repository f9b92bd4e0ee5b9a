namespace AutoDiffLsr.Checking.Numerical;

/// <summary>The distance from 1 to the next number.</summary>
internal static class Rounding
{
    public const double Double = 1.0 / (1L << 52);

    public const double Single = 1.0 / (1 << 23);
}
