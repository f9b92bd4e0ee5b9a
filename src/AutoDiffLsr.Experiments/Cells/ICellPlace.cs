namespace AutoDiffLsr.Experiments.Cells;

/// <summary>Where cells are done side by side: on this machine, or on others.</summary>
public interface ICellPlace : IDisposable
{
    /// <summary>Does cells.</summary>
    /// <param name="context">What they have in common.</param>
    /// <param name="cells">The cells, each of another name.</param>
    /// <param name="done">Called once with each result, in any order, possibly on several threads at once.</param>
    /// <param name="advance">Called with the share that was just done, 1 for a whole cell; null for no call.</param>
    /// <param name="cancellation">Stops all.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what was finished was given to <paramref name="done"/>.</exception>
    void Run(ICellContext context, IReadOnlyList<CellWork> cells, Action<CellOutcome> done, Action<double>? advance, CancellationToken cancellation);
}
