using AutoDiffLsr.Cluster.Calling;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cluster;

/// <summary>Cells on workers. The caller keeps the results; workers keep nothing but data.</summary>
public sealed class ClusterPlace : ICellPlace
{
    private readonly WorkerPool pool;

    private ClusterPlace(WorkerPool pool) => this.pool = pool;

    /// <summary>Connects to all workers that there are.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="note">Called with a line about each worker that comes, cannot be used or is lost; on any thread.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The place.</returns>
    /// <exception cref="ClusterException">There is no worker that can be used: the message says for each address why.</exception>
    public static ClusterPlace Connect(ClusterSettings settings, Action<string> note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(note);
        return new(Task.Run(() => WorkerPool.OpenAsync(settings, note, cancellation), CancellationToken.None).GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    /// <exception cref="ClusterException">All workers were lost, or a cell cannot be done; what was finished was given to <paramref name="done"/>.</exception>
    public void Run(ICellContext context, IReadOnlyList<CellWork> cells, Action<CellOutcome> done, Action<double>? advance, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            try
            {
                await new Dispatch(pool, context, cells).RunAsync(done, advance, cancellation);
            }
            catch
            {
                await pool.LeaveAsync();
                throw;
            }
        },
        CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => Task.Run(async () => await pool.DisposeAsync()).GetAwaiter().GetResult();
}
