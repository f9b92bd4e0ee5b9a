namespace AutoDiffLsr.Data.Tables;

/// <summary>How the rows of a table are split into parts.</summary>
public sealed record PartOptions
{
    /// <summary>The share of the rows that is held back for the end, in [0, 1); not used where <see cref="Test"/> is given.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>The share that training is watched with, in [0, 1).</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Another table to test on.</summary>
    public Table? Test { get; init; }

    /// <summary>The draw is a function of this number.</summary>
    public long Seed { get; init; } = 1;
}
