namespace AutoDiffLsr.Checking.Numerical;

/// <summary>A numerical derivative and how far off it may be.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Error">The estimated error: of the extrapolation and of rounding.</param>
/// <param name="Step">The step at which it was found.</param>
public readonly record struct DerivativeEstimate(double Value, double Error, double Step)
{
    /// <summary>No derivative: its error is infinite.</summary>
    public static DerivativeEstimate None => new(double.NaN, double.PositiveInfinity, 0);
}
