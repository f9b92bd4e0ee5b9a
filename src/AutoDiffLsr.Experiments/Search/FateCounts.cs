using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search;

/// <summary>How many candidates had which fate.</summary>
/// <param name="Trained">Nets that were trained.</param>
/// <param name="Archived">Formulas that had been judged before.</param>
/// <param name="Unsuitable">Losses without a gradient, or that did not stay finite.</param>
/// <param name="Rejected">Losses that the rejection test stopped.</param>
/// <param name="Equivalent">Losses with the gradients of one before.</param>
public sealed record FateCounts(int Trained, int Archived, int Unsuitable, int Rejected, int Equivalent)
{
    /// <summary>All candidates.</summary>
    public int Total => Trained + Archived + Unsuitable + Rejected + Equivalent;

    /// <summary>Counts candidates.</summary>
    /// <param name="candidates">Any.</param>
    /// <returns>The counts.</returns>
    public static FateCounts Of(IEnumerable<CandidateRecord> candidates)
    {
        ILookup<Fate, CandidateRecord> fates = candidates.ToLookup(candidate => candidate.Fate);
        return new(fates[Fate.Trained].Count(), fates[Fate.Archived].Count(), fates[Fate.Unsuitable].Count(), fates[Fate.Rejected].Count(), fates[Fate.Equivalent].Count());
    }
}
