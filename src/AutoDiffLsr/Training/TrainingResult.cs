namespace AutoDiffLsr.Training;

/// <summary>How a training ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="History">A row for each epoch done.</param>
/// <param name="BestEpoch">The epoch of the best monitored value, counted from 1; null if nothing was monitored.</param>
public sealed record TrainingResult(StopReason Reason, IReadOnlyList<EpochRecord> History, int? BestEpoch)
{
    /// <summary>A sentence or two for people: "All 20 epochs are done."</summary>
    public string Explanation { get; init; } = "";
}
