using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>
/// Endless batches of one size in memory that is used again: each pass over the samples in a new order, without the few rows that would make a smaller
/// batch. Where there are no more rows than a batch has, every batch is all rows.
/// </summary>
internal sealed class BatchDraw<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Samples<T> source;
    private readonly RandomSource random;
    private readonly Samples<T> batch;
    private readonly int[] order;
    private int next;

    public BatchDraw(Samples<T> source, int batchSize, RandomSource random)
    {
        (this.source, this.random) = (source, random);
        order = [.. Enumerable.Range(0, source.Count)];
        batch = source.Room(Math.Min(batchSize, source.Count));
        next = order.Length;
    }

    /// <summary>The next batch, valid until the one after it.</summary>
    public Samples<T> Next()
    {
        if (next + batch.Count > order.Length)
        {
            random.Shuffle<int>(order);
            next = 0;
        }

        batch.CopyFrom(source, order.AsSpan(next, batch.Count));
        next += batch.Count;
        return batch;
    }
}
