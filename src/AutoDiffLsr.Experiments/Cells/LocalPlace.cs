using System.Collections.Concurrent;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>Cells on the cores of this machine, each on one thread.</summary>
/// <param name="threads">How many run at once, at least 1.</param>
public sealed class LocalPlace(int threads) : ICellPlace
{
    /// <inheritdoc/>
    public void Run(ICellContext context, IReadOnlyList<CellWork> cells, Action<CellOutcome> done, Action<double>? advance, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(done);
        int before = Compute.Threads;
        Compute.Threads = 1;
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.ForEach(
                Partitioner.Create(cells, EnumerablePartitionerOptions.NoBuffering), options, cell => done(new CellOutcome(cell, context.Run(cell.Work, advance, cancellation), Processor.Kind)));
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
            Compute.Threads = before;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Threads are those of the process.
    }
}
