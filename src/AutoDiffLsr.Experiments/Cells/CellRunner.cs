using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>Does cells, unless their results are kept already.</summary>
/// <param name="store">Where results are kept.</param>
/// <param name="place">Where cells are done.</param>
public sealed class CellRunner(CellStore store, ICellPlace place)
{
    private int computed;

    /// <summary>Does cells on this machine.</summary>
    /// <param name="store">Where results are kept.</param>
    /// <param name="threads">How many cells run at once, at least 1.</param>
    public CellRunner(CellStore store, int threads)
        : this(store, new LocalPlace(threads))
    {
    }

    /// <summary>How many cells were computed, and not found.</summary>
    public int Computed => computed;

    /// <summary>Called after each computed cell, on the thread that brought its result; null for no call.</summary>
    public Action? AfterCell { get; set; }

    /// <summary>The results of cells, in their order.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what was finished is kept.</exception>
    internal IReadOnlyList<TResult> Run<TResult>(ICellContext context, IReadOnlyList<CellWork> cells, JsonTypeInfo<TResult> type, CancellationToken cancellation)
    {
        CellWork[] missing = [.. cells.DistinctBy(cell => cell.Name).Where(cell => store.Find(cell.Name) is null)];
        if (missing.Length > 0)
            place.Run(context, missing, Keep, null, cancellation);

        // What was computed goes through its text too, so that a result is the same whether it was found or computed.
        return [.. cells.Select(cell => JsonSerializer.Deserialize(store.Find(cell.Name)!, type)!)];
    }

    private void Keep(CellOutcome outcome)
    {
        store.Keep(outcome.Cell.Name, outcome.Result, outcome.Processor);
        Interlocked.Increment(ref computed);
        AfterCell?.Invoke();
    }
}
