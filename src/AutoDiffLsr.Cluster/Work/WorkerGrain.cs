using AutoDiffLsr.Cluster.Wire;
using Orleans.Concurrency;

namespace AutoDiffLsr.Cluster.Work;

/// <summary>The worker as Orleans calls it. A stateless worker is placed on the silo that the call reaches; it takes several calls at once.</summary>
[StatelessWorker(1)]
[Reentrant]
internal sealed class WorkerGrain(WorkerState state) : Grain, IWorkerGrain
{
    public Task<WorkerDescription> Describe() => Task.FromResult(state.Describe());

    public Task Beat(string caller)
    {
        state.Beat(caller);
        return Task.CompletedTask;
    }

    public Task Leave(string caller)
    {
        state.Leave(caller);
        return Task.CompletedTask;
    }

    public Task<bool> Has(string hash) => Task.FromResult(state.Has(hash));

    public Task<string?> Put(string caller, string hash, long length, long offset, byte[] part) => Task.FromResult(state.Put(caller, hash, length, offset, part));

    public Task<CellAnswer> Run(CellRequest request) => state.Run(request);
}
