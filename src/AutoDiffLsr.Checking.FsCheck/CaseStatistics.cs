namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>What many random cases gave.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Order">Up to which order of derivative.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Failed">How many were wrong.</param>
/// <param name="Inconclusive">How many could be neither confirmed nor refuted.</param>
/// <param name="Kinks">How many were on a kink.</param>
/// <param name="Worst">The largest difference of all that were not wrong, in units of its tolerance.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">The first failure, shrunk, with its report and how to see it again; null if there is none.</param>
public sealed record CaseStatistics(
    string Name, int Order, int Cases, int Failed, int Inconclusive, int Kinks, double Worst, TimeSpan Elapsed, string? Failure)
{
    /// <summary>How many cases were confirmed.</summary>
    public int Passed => Cases - Failed - Inconclusive;
}
