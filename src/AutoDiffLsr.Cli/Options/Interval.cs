using System.Globalization;

namespace AutoDiffLsr.Cli.Options;

/// <summary>The finite numbers that an option takes.</summary>
internal readonly record struct Interval(double Low, double High, bool LowIncluded, bool HighIncluded)
{
    public static Interval Positive => new(0, double.PositiveInfinity, false, false);

    public static Interval NotNegative => new(0, double.PositiveInfinity, true, false);

    public static Interval Closed(double low, double high) => new(low, high, true, true);

    public static Interval Open(double low, double high) => new(low, high, false, false);

    public static Interval FromUpTo(double low, double high) => new(low, high, true, false);

    public bool Contains(double value) =>
        double.IsFinite(value) && (LowIncluded ? value >= Low : value > Low) && (HighIncluded ? value <= High : value < High);

    /// <summary>"in [0, 1)", "above 0".</summary>
    public override string ToString() => (double.IsPositiveInfinity(High), LowIncluded) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"of at least {Low}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"above {Low}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in {(LowIncluded ? '[' : '(')}{Low}, {High}{(HighIncluded ? ']' : ')')}"),
    };
}
