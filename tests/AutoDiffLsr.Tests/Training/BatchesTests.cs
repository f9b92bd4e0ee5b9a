using System.Numerics;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class BatchesTests
{
    // Heights and widths around the tiles of 8 and 4, and below them.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(40, 7, 3)]
    [InlineData(40, 19, 8)]
    [InlineData(67, 16, 32)]
    [InlineData(45, 9, 13)]
    public void An_epoch_has_every_sample_once_with_its_own_features_and_label(int count, int features, int batchSize)
    {
        AssertOneEpoch(Samples.Counting<float>(count, features, 3), batchSize);
        AssertOneEpoch(Samples.Counting<double>(count, features, 3), batchSize);
    }

    [Fact]
    public void Without_shuffling_the_order_is_that_of_the_data_set()
    {
        List<int> seen = [];
        foreach (Batch<float> batch in new Batches<float>(Samples.Counting<float>(10, 2, 2), 4))
            seen.AddRange(batch.Indices);
        Assert.Equal(Enumerable.Range(0, 10), seen);
    }

    [Fact]
    public void Epochs_differ_and_follow_the_seed()
    {
        Batches<float> first = new(Samples.Counting<float>(30, 2, 2), 7, new RandomSource(1));
        Batches<float> second = new(first.Dataset, 7, new RandomSource(1));
        int[][] epochs = [Epoch(first), Epoch(first)];
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs, [Epoch(second), Epoch(second)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void An_epoch_goes_on_where_it_was_left_and_the_next_one_follows(int done)
    {
        Batches<float> batches = new(Samples.Counting<float>(30, 2, 2), 7, new RandomSource(1));
        Epoch(batches);
        int[] whole = Epoch(batches);
        (ulong state, int[] next) = (batches.EpochState, Epoch(batches));

        Batches<float> restored = new(batches.Dataset, 7, new RandomSource(77));
        List<int> rest = [];
        foreach (Batch<float> batch in restored.Resume(state, done))
            rest.AddRange(batch.Indices);
        Assert.Equal(whole.Skip(7 * done), rest);
        Assert.Equal(next, Epoch(restored));
    }

    [Fact]
    public void Position_counts_the_batches_handed_out()
    {
        Batches<float> batches = new(Samples.Counting<float>(30, 2, 2), 7, new RandomSource(1));
        int expected = 0;
        foreach (Batch<float> _ in batches)
            Assert.Equal(++expected, batches.Position);
        Assert.Equal(5, expected);
    }

    [Fact]
    public void An_epoch_allocates_nothing()
    {
        Batches<float> batches = new(Samples.Counting<float>(100, 20, 3), 32, new RandomSource(1));
        Sum(batches);
        Assert.Equal(0, Allocations.Of(() => Sum(batches), times: 1));
    }

    [Fact]
    public void Wrong_sizes_and_positions_are_refused()
    {
        Dataset<float> dataset = Samples.Counting<float>(10, 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches<float>(dataset, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches<float>(dataset, 4).Resume(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches<float>(dataset, 4).Resume(0, -1));
    }

    private static int Sum(Batches<float> batches)
    {
        int sum = 0;
        foreach (Batch<float> batch in batches)
            sum += batch.Labels[0];
        return sum;
    }

    private static int[] Epoch(Batches<float> batches)
    {
        List<int> indices = [];
        foreach (Batch<float> batch in batches)
            indices.AddRange(batch.Indices);
        return [.. indices];
    }

    private static void AssertOneEpoch<T>(Dataset<T> dataset, int batchSize)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<int> seen = [];
        Batches<T> batches = new(dataset, batchSize, new RandomSource(5));
        foreach (Batch<T> batch in batches)
        {
            Assert.Equal(Math.Min(batchSize, dataset.Count - seen.Count), batch.Count);
            Assert.Equal((batch.Count, dataset.Features), (batch.Features.RowCount, batch.Features.ColumnCount));
            for (int row = 0; row < batch.Count; row++)
            {
                Assert.Equal(dataset.Sample(batch.Indices[row]).ToArray(), batch.Features.Row(row).ToArray());
                Assert.Equal(dataset.Labels[batch.Indices[row]], batch.Labels[row]);
            }

            seen.AddRange(batch.Indices);
        }

        Assert.Equal(Enumerable.Range(0, dataset.Count), seen.Order());
        Assert.Equal(batches.Count, batches.Position);
    }
}
