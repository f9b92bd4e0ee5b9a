using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>Does cells side by side, each on one thread, unless their results are kept already.</summary>
/// <param name="store">Where results are kept.</param>
/// <param name="threads">How many cells run at once, at least 1.</param>
public sealed class CellRunner(CellStore store, int threads)
{
    private int computed;

    /// <summary>How many cells were computed, and not found.</summary>
    public int Computed => computed;

    /// <summary>Called after each cell that was computed, by the thread that computed it; null for no call.</summary>
    public Action? AfterCell { get; set; }

    /// <summary>The results of cells, in their order.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what was finished is kept.</exception>
    internal IReadOnlyList<TResult> Run<TResult>(IReadOnlyList<Cell<TResult>> cells, JsonTypeInfo<TResult> type, CancellationToken cancellation)
    {
        Cell<TResult>[] missing = [.. cells.DistinctBy(cell => cell.Name).Where(cell => store.Find(cell.Name) is null)];
        if (missing.Length > 0)
            Compute(missing, type, cancellation);

        // What was computed goes through its text too, so that a result is the same whether it was found or computed.
        return [.. cells.Select(cell => JsonSerializer.Deserialize(store.Find(cell.Name)!, type)!)];
    }

    private void Compute<TResult>(Cell<TResult>[] cells, JsonTypeInfo<TResult> type, CancellationToken cancellation)
    {
        int before = Numerics.Compute.Threads;
        Numerics.Compute.Threads = 1;
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.ForEach(Partitioner.Create(cells.AsEnumerable(), EnumerablePartitionerOptions.NoBuffering), options, cell =>
            {
                TResult result = cell.Work(cancellation);
                store.Keep(cell.Name, JsonSerializer.Serialize(result, type));
                Interlocked.Increment(ref computed);
                AfterCell?.Invoke();
            });
        }
        catch (AggregateException errors) when (errors.InnerExceptions.Any(error => error is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (AggregateException errors)
        {
            throw errors.InnerExceptions[0];
        }
        finally
        {
            Numerics.Compute.Threads = before;
        }
    }
}
