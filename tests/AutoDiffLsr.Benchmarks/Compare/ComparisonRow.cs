namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>A line of the table: the same work for both sides.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Case">What PyTorch's side is told to make, as an object for JSON.</param>
/// <param name="Ours">Makes our side ready and returns what to time.</param>
internal sealed record ComparisonRow(string Name, object Case, Func<Action> Ours)
{
    /// <summary>Multiplications and additions of one call, where they can be counted: then GFLOP/s are printed.</summary>
    public double Operations { get; init; }

    /// <summary>The same work by MathNet's managed provider, where it has any.</summary>
    public Func<Action>? MathNet { get; init; }

    /// <summary>Whether a call takes a few milliseconds at most.</summary>
    public bool IsSmall { get; init; } = true;

    /// <summary>The most rounds to run, for work that is long.</summary>
    public int MostRounds { get; init; } = int.MaxValue;
}
