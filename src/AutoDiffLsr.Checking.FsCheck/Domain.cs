using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>The numbers that an input may hold: a generator on a readable grid, and the region in which a function is smooth enough to check.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Values">Draws a number; never NaN or infinite.</param>
/// <param name="Contains">Whether a number lies inside, with some room to the border.</param>
public sealed record Domain(string Name, Gen<double> Values, Func<double, bool> Contains)
{
    private const int Grid = 8;

    /// <summary>Eighths from -4 to 4, whole numbers more often: kinks at 0 and ties are met.</summary>
    public static Domain Real { get; } = new(
        "real", Gen.Frequency((5, Eighths(-4 * Grid, 4 * Grid)), (1, Gen.Choose(-2, 2).Select(i => (double)i))), x => Math.Abs(x) <= 64);

    /// <summary>Eighths from 1/8 to 4.</summary>
    public static Domain Positive { get; } = new("positive", Eighths(1, 4 * Grid), x => x is >= 1.0 / 16 and <= 64);

    /// <summary>Eighths of magnitude 1/4 to 4.</summary>
    public static Domain AwayFromZero { get; } = new(
        "away from zero", Eighths(2, 4 * Grid).Zip(Gen.Elements(-1.0, 1.0), (size, sign) => size * sign), x => Math.Abs(x) is >= 1.0 / 8 and <= 64);

    /// <summary>Sixteenths inside (-1, 1).</summary>
    public static Domain InsideOne { get; } = new("inside (-1, 1)", Gen.Choose(-15, 15).Select(i => i / 16.0), x => Math.Abs(x) <= 15.0 / 16);

    /// <summary>Sixteenths from 1/4 to 3/4: the steps of a check stay inside [0, 1].</summary>
    public static Domain Probability { get; } = new("probability", Gen.Choose(4, 12).Select(i => i / 16.0), x => x is >= 0.2 and <= 0.8);

    /// <summary>Eighths above -1 to 4, for log(1 + x).</summary>
    public static Domain AboveMinusOne { get; } = new("above -1", Eighths(-7, 4 * Grid), x => x is >= -15.0 / 16 and <= 64);

    /// <summary>Eighths from -4 to 4, for exponentials.</summary>
    public static Domain Moderate { get; } = new("moderate", Eighths(-4 * Grid, 4 * Grid), x => Math.Abs(x) <= 6);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Gen<double> Eighths(int low, int high) => Gen.Choose(low, high).Select(i => i / (double)Grid);
}
