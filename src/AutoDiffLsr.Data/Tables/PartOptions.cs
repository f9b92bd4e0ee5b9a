using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Data.Tables;

/// <summary>How the rows of a table are split into parts.</summary>
public sealed record PartOptions
{
    /// <summary>The share of the rows that is held back for the end, in [0, 1); not used where <see cref="Test"/> is given.</summary>
    public double TestFraction { get; init => field = Share(value); } = 0.2;

    /// <summary>The share that training is watched with, in [0, 1).</summary>
    public double ValidationFraction { get; init => field = Share(value); }

    /// <summary>Another table to test on.</summary>
    public Table? Test { get; init; }

    /// <summary>The draw is a function of this number.</summary>
    public long Seed { get; init; } = 1;

    private static double Share(double value, [CallerMemberName] string name = "") =>
        value >= 0 && value < 1 ? value : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; it must be in [0, 1)."));
}
