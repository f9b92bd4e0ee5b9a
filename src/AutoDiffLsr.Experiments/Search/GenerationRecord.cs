namespace AutoDiffLsr.Experiments.Search;

/// <summary>A generation that is done.</summary>
/// <param name="Generation">Counted from 1.</param>
/// <param name="Candidates">Its candidates, in order.</param>
/// <param name="Best">The best candidate so far, of all generations; null while none could be trained with.</param>
/// <param name="Counts">What became of all candidates so far.</param>
public sealed record GenerationRecord(int Generation, IReadOnlyList<CandidateRecord> Candidates, CandidateRecord? Best, FateCounts Counts)
{
    /// <summary>The median fitness of those with a finite one, or NaN.</summary>
    public double MedianFitness
    {
        get
        {
            double[] finite = [.. Candidates.Select(candidate => candidate.Fitness).Where(double.IsFinite).Order()];
            return finite.Length == 0 ? double.NaN : (finite[(finite.Length - 1) / 2] + finite[finite.Length / 2]) / 2;
        }
    }
}
