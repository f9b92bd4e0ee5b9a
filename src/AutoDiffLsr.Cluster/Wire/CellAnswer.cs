namespace AutoDiffLsr.Cluster.Wire;

/// <summary>What became of a cell on a worker: one of the three.</summary>
/// <param name="Result">What came out, as JSON.</param>
/// <param name="Failure">Why nothing came out.</param>
/// <param name="NeedsData">The worker does not have the data, or no longer.</param>
[GenerateSerializer]
[Alias("autodiff-lsr.answer")]
internal sealed record CellAnswer([property: Id(0)] string? Result, [property: Id(1)] string? Failure, [property: Id(2)] bool NeedsData);
