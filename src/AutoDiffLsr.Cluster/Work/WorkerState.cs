using AutoDiffLsr.Cluster.Wire;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cluster.Work;

/// <summary>What a worker has and does: data, contexts made of it, and cells on threads of their own, so that the silo always answers.</summary>
internal sealed class WorkerState : IDisposable
{
    private const int MostContexts = 8;

    private readonly WorkerSettings settings;
    private readonly IReadOnlyDictionary<string, ICellKind> kinds;
    private readonly SemaphoreSlim slots;
    private readonly CallerList callers = new();
    private readonly DataShelf shelf = new();
    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, Lazy<ICellContext> Context)> contexts = [];
    private int done;

    public WorkerState(WorkerSettings settings, IReadOnlyList<ICellKind> kinds)
    {
        (this.settings, this.kinds) = (settings, kinds.ToDictionary(kind => kind.Name));
        slots = new SemaphoreSlim(settings.Threads);
        callers.Left += shelf.Forget;
    }

    /// <summary>How many cells were done.</summary>
    public int Done => done;

    public WorkerDescription Describe() => new(settings.Version, settings.Threads, Processor.Kind);

    public void Beat(string caller) => callers.Beat(caller);

    public void Leave(string caller) => callers.Leave(caller);

    public bool Has(string hash) => shelf.Find(hash) is not null;

    public string? Put(string caller, string hash, long length, long offset, byte[] part)
    {
        callers.Beat(caller);
        return shelf.Put(caller, hash, length, offset, part);
    }

    /// <summary>Does a cell. A failure of the cell itself is an answer: it would fail on any worker.</summary>
    public async Task<CellAnswer> Run(CellRequest request)
    {
        CancellationToken gone = callers.Beat(request.Caller);
        if (!kinds.TryGetValue(request.Kind, out ICellKind? kind))
            return new CellAnswer(null, $"the worker knows no cells of the kind '{request.Kind}'", false);
        if (shelf.Find(request.DataHash) is not { } data)
            return new CellAnswer(null, null, NeedsData: true);
        await slots.WaitAsync(gone);
        try
        {
            return await Task.Factory.StartNew(() => Compute(kind, data, request, gone), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose()
    {
        callers.Dispose();
        slots.Dispose();
    }

    private CellAnswer Compute(ICellKind kind, CellData data, CellRequest request, CancellationToken gone)
    {
        try
        {
            string result = ContextOf(kind, data, request.Settings).Value.Run(request.Work, null, gone);
            Interlocked.Increment(ref done);
            return new CellAnswer(result, null, false);
        }
        catch (Exception error)
        {
            return new CellAnswer(null, error is OperationCanceledException ? "it was cancelled" : $"{error.GetType().Name}: {error.Message}", false);
        }
    }

    private Lazy<ICellContext> ContextOf(ICellKind kind, CellData data, string text)
    {
        string key = $"{kind.Name} {data.Hash} {text}";
        lock (gate)
        {
            if (contexts.FirstOrDefault(context => context.Key == key) is { Key: not null } found)
                return found.Context;
            Lazy<ICellContext> made = new(() => kind.Open(text, data));
            contexts.AddFirst((key, made));
            while (contexts.Count > MostContexts)
                contexts.RemoveLast();
            return made;
        }
    }
}
