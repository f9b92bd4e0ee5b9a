namespace AutoDiffLsr.Cluster.Wire;

/// <summary>What a worker can be asked. There is one on each silo, and it is always that of the silo that is called.</summary>
[Alias("autodiff-lsr.worker")]
internal interface IWorkerGrain : IGrainWithIntegerKey
{
    /// <summary>What the worker is.</summary>
    [Alias("describe")]
    Task<WorkerDescription> Describe();

    /// <summary>Says that a caller is still there. A worker stops what it does for callers that are silent for long.</summary>
    [Alias("beat")]
    Task Beat(string caller);

    /// <summary>Says that a caller wants nothing more: what it asked for is stopped.</summary>
    [Alias("leave")]
    Task Leave(string caller);

    /// <summary>Whether the worker has data of this hash.</summary>
    [Alias("has")]
    Task<bool> Has(string hash);

    /// <summary>A part of data. After the last one the worker compares the hash.</summary>
    /// <returns>Null, or what is wrong with the data.</returns>
    [Alias("put")]
    Task<string?> Put(string caller, string hash, long length, long offset, byte[] part);

    /// <summary>Does a cell, however long that takes: timers take at most 2^31 ms, which is 24 days.</summary>
    [Alias("run")]
    [ResponseTimeout("20.00:00:00")]
    Task<CellAnswer> Run(CellRequest request);
}
