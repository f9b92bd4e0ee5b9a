using System.Diagnostics;
using AutoDiffLsr.Cluster.Wire;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cluster.Calling;

/// <summary>Gives cells to workers as they have threads free, and cells of lost workers to others.</summary>
internal sealed class Dispatch(WorkerPool pool, ICellContext context, IReadOnlyList<CellWork> cells)
{
    /// <summary>A cell that loses this many workers is not given to a further one: it may be what ends them.</summary>
    private const int MostLosses = 3;

    /// <summary>How long it waits for a worker where there is none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly LinkedList<CellWork> waiting = new(cells);
    private readonly List<Task<Attempt>> running = [];
    private readonly Dictionary<string, int> losses = [];

    /// <summary>Does all cells.</summary>
    public async Task RunAsync(Action<CellOutcome> done, Action<double>? advance, CancellationToken cancellation)
    {
        Task cancelled = Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        long lastLife = Stopwatch.GetTimestamp();
        while (waiting.Count > 0 || running.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Task changed = pool.Changed;
            Start();
            if (running.Count > 0)
                lastLife = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(lastLife) > Patience)
                throw new ClusterException($"no worker has answered for {Patience.TotalSeconds} s ({pool.Faults}); what was done is kept, and the same command goes on from there when workers run again");
            await Task.WhenAny([.. running, changed, cancelled, .. running.Count == 0 ? new[] { Task.Delay(BetweenLooks, cancellation) } : []]);
            foreach (Task<Attempt> ended in running.Where(task => task.IsCompleted).ToArray())
            {
                running.Remove(ended);
                Finish(await ended, done, advance);
            }
        }
    }

    private void Start()
    {
        // The one with the largest share of free threads first, so that few cells are spread.
        while (waiting.First is { } next
            && pool.Live.Where(link => link.Running < link.Description.Threads).MaxBy(link => 1 - (link.Running / (double)link.Description.Threads)) is { } link)
        {
            waiting.RemoveFirst();
            link.Running++;
            running.Add(AttemptAsync(link, next.Value));
        }
    }

    private async Task<Attempt> AttemptAsync(WorkerLink link, CellWork cell) => new(link, cell, await link.RunAsync(context, cell));

    private void Finish(Attempt attempt, Action<CellOutcome> done, Action<double>? advance)
    {
        attempt.Link.Running--;
        if (attempt.Answer is null)
        {
            int lost = losses[attempt.Cell.Name] = losses.GetValueOrDefault(attempt.Cell.Name) + 1;
            if (lost >= MostLosses)
                throw new ClusterException($"{lost} workers were lost one after the other while they did the cell '{attempt.Cell.Name}': it may be what ends them (memory?); what was done is kept");
            waiting.AddFirst(attempt.Cell);
        }
        else if (attempt.Answer.Result is { } result)
        {
            done(new CellOutcome(attempt.Cell, result, attempt.Link.Description.Processor));
            advance?.Invoke(1);
        }
        else
        {
            throw new ClusterException($"the worker at {attempt.Link.Address} could not do the cell '{attempt.Cell.Name}': {attempt.Answer.Failure}");
        }
    }

    private sealed record Attempt(WorkerLink Link, CellWork Cell, CellAnswer? Answer);
}
