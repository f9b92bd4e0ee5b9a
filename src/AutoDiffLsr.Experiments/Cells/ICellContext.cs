namespace AutoDiffLsr.Experiments.Cells;

/// <summary>What cells have in common: data, and settings. It does cells, and says what another machine needs to do them.</summary>
public interface ICellContext
{
    /// <summary>The name of its <see cref="ICellKind"/>.</summary>
    string Kind { get; }

    /// <summary>All that the cells have in common besides the data, as text.</summary>
    string Settings { get; }

    /// <summary>The data; made when it is asked for.</summary>
    CellData Data { get; }

    /// <summary>Does a cell, on the thread that calls. The result is a function of the context and of the work. Called from several threads.</summary>
    /// <param name="work">The work of the cell.</param>
    /// <param name="advance">Called with the share of the work that was just done; null for no call.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The result, as JSON.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    string Run(string work, Action<double>? advance, CancellationToken cancellation);
}
