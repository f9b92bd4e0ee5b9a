namespace AutoDiffLsr.Cluster.Wire;

/// <summary>A cell for a worker.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Kind">See <see cref="Experiments.Cells.ICellContext"/>; so are the next two.</param>
/// <param name="Settings">What cells have in common.</param>
/// <param name="DataHash">The name of the data.</param>
/// <param name="Name">The name of the cell.</param>
/// <param name="Work">What is to be done.</param>
[GenerateSerializer]
[Alias("autodiff-lsr.request")]
internal sealed record CellRequest(
    [property: Id(0)] string Caller,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Settings,
    [property: Id(3)] string DataHash,
    [property: Id(4)] string Name,
    [property: Id(5)] string Work);
