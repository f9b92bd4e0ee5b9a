using System.Net;

namespace AutoDiffLsr.Cluster.Calling;

/// <summary>The workers that answer. It looks again every few seconds, so that workers may come and go.</summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3);

    private readonly ClusterSettings settings;
    private readonly Action<string> note;
    private readonly WorkerDirectory directory;
    private readonly string caller = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource closed = new();
    private readonly Lock gate = new();
    private readonly Dictionary<IPEndPoint, WorkerLink> links = [];
    private readonly Dictionary<IPEndPoint, string> faults = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task looking = Task.CompletedTask;

    private WorkerPool(ClusterSettings settings, Action<string> note) => (this.settings, this.note, directory) = (settings, note, new WorkerDirectory(settings.Address));

    /// <summary>The workers that answer now.</summary>
    public IReadOnlyList<WorkerLink> Live
    {
        get
        {
            lock (gate)
                return [.. links.Values.Where(link => !link.Lost.IsCancellationRequested)];
        }
    }

    /// <summary>Completes when a worker has come since it was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    /// <summary>Why the others do not.</summary>
    public string Faults
    {
        get
        {
            lock (gate)
                return faults.Count == 0 ? $"{settings.Address.Text} knows no worker" : string.Join("; ", faults.Select(fault => $"{fault.Key}: {fault.Value}"));
        }
    }

    /// <summary>Connects to all workers that there are.</summary>
    /// <exception cref="ClusterException">There is none that can be used.</exception>
    public static async Task<WorkerPool> OpenAsync(ClusterSettings settings, Action<string> note, CancellationToken cancellation)
    {
        WorkerPool pool = new(settings, note);
        try
        {
            await pool.LookAsync(cancellation);
            if (pool.Live.Count == 0)
                throw new ClusterException(pool.Faults);
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }

        pool.looking = pool.LookAgainAsync();
        return pool;
    }

    /// <summary>Stops what all workers do for this caller.</summary>
    public Task LeaveAsync() => Task.WhenAll(Live.Select(link => link.LeaveAsync()));

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await looking;
        await DropLostAsync(); // a run may end before the next look, and its loss is to be known all the same
        await LeaveAsync();
        foreach (WorkerLink link in links.Values)
            await link.DisposeAsync();
        directory.Dispose();
    }

    private async Task LookAgainAsync()
    {
        while (!closed.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BetweenLooks, closed.Token);
                await LookAsync(closed.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or ClusterException)
            {
                // Closed; or the directory does not answer now, and is asked again.
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await DropLostAsync();
        IReadOnlyList<IPEndPoint> known = await directory.ReadAsync();
        lock (gate)
        {
            foreach (IPEndPoint gone in faults.Keys.Except(known).ToArray())
                faults.Remove(gone);
            known = [.. known.Where(address => !links.ContainsKey(address))];
        }

        await Task.WhenAll(known.Select(address => TryAsync(address, cancellation)));
    }

    private async Task DropLostAsync()
    {
        WorkerLink[] gone;
        lock (gate)
            gone = [.. links.Values.Where(link => link.Lost.IsCancellationRequested)];
        foreach (WorkerLink link in gone)
        {
            lock (gate)
                links.Remove(link.Address);
            Tell(link.Address, "it does not answer any more; what it did is done elsewhere");
            await link.DisposeAsync();
        }
    }

    private async Task TryAsync(IPEndPoint address, CancellationToken cancellation)
    {
        try
        {
            WorkerLink link = await WorkerLink.OpenAsync(address, settings, caller, cancellation);
            TaskCompletionSource signal;
            lock (gate)
            {
                links.Add(address, link);
                faults.Remove(address);
                (signal, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            note($"worker {address}: {link.Description.Threads} {(link.Description.Threads == 1 ? "cell" : "cells")} at once, {link.Description.Processor}");
            signal.SetResult();
        }
        catch (ClusterException error)
        {
            Tell(address, error.Message);
        }
    }

    /// <summary>Says what is wrong with a worker, once.</summary>
    private void Tell(IPEndPoint address, string fault)
    {
        lock (gate)
        {
            if (faults.GetValueOrDefault(address) == fault)
                return;
            faults[address] = fault;
        }

        note($"worker {address}: {fault}");
    }
}
