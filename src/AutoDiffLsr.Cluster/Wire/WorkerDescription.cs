namespace AutoDiffLsr.Cluster.Wire;

/// <summary>What a worker says of itself.</summary>
/// <param name="Version">The version of its program.</param>
/// <param name="Threads">How many cells it does at once.</param>
/// <param name="Processor">See <see cref="Experiments.Cells.Processor.Kind"/>.</param>
[GenerateSerializer]
[Alias("autodiff-lsr.description")]
internal sealed record WorkerDescription([property: Id(0)] string Version, [property: Id(1)] int Threads, [property: Id(2)] string Processor);
