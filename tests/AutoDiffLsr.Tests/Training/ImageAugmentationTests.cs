using AutoDiffLsr.Data;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class ImageAugmentationTests
{
    private static readonly ImageSize Size = new(4, 5, 2);

    /// <summary>Sample i has 100·i + its place; borders are -1 and -2.</summary>
    private static readonly Dataset<float> Data = new("images", [.. Enumerable.Range(0, 3 * 40).Select(i => (float)((i / 40 * 100) + (i % 40)))], 40, [0, 1, 0], imageSize: Size);

    [Fact]
    public void Every_image_is_moved_within_its_border_and_mirrored_or_not()
    {
        Batches<float> batches = new(Data, 2, new RandomSource(1), new ImageAugmentation(2, flip: true, -1, -2));
        HashSet<(int Down, int Right, bool Mirrored)> seen = [];
        for (int epoch = 0; epoch < 200; epoch++)
        {
            foreach (Batch<float> batch in batches)
            {
                for (int row = 0; row < batch.Count; row++)
                    seen.Add(ChangeOf(batch, row));
            }
        }

        Assert.Equal(5 * 5 * 2, seen.Count);
    }

    [Fact]
    public void The_same_seed_gives_the_same_images_and_an_epoch_resumed_in_its_middle_goes_on_alike()
    {
        ImageAugmentation augmentation = new(1, flip: true);
        Batches<float> first = new(Data, 1, new RandomSource(7), augmentation), second = new(Data, 1, new RandomSource(7), augmentation);
        List<float[]> all = [];
        ulong state = 0;
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach (Batch<float> batch in first)
                all.Add(batch.Features.ToColumnMajorArray());
            state = first.EpochState;
        }

        Assert.NotEqual(all[0], all[3]);
        List<float[]> rest = [];
        foreach (Batch<float> batch in second.Resume(state, 1))
            rest.Add(batch.Features.ToColumnMajorArray());
        Assert.Equal(all.Skip(4), rest);
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        Batches<float> batches = new(Data, 2, new RandomSource(1), new ImageAugmentation(2, flip: true));
        Run(5);
        Assert.Equal(0, Allocations.Of(() => Run(100), times: 1));

        void Run(int epochs)
        {
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                foreach (Batch<float> batch in batches)
                    _ = batch;
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Dataset<float> points = new("points", [1, 2], 1, [0, 1]);
        Assert.Contains("has none", Assert.Throws<ArgumentException>(() => new Batches<float>(points, 1, new RandomSource(1), new ImageAugmentation(1, true))).Message, StringComparison.Ordinal);
        Assert.Contains("give shuffle as well", Assert.Throws<ArgumentException>(() => new Batches<float>(Data, 1, null, new ImageAugmentation(1, true))).Message, StringComparison.Ordinal);
        Assert.Contains("3 numbers, but the images have 2 channels", Assert.Throws<ArgumentException>(() => new Batches<float>(Data, 1, new RandomSource(1), new ImageAugmentation(1, true, 1, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("must be finite", Assert.Throws<ArgumentException>(() => new ImageAugmentation(1, true, double.NaN)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_are_standardized_over_all_their_pixels()
    {
        Dataset<float> standardized = Standardization<float>.FitChannels(Data).Apply(Data);
        for (int channel = 0; channel < 2; channel++)
        {
            float[] numbers = [.. Enumerable.Range(0, 3).SelectMany(i => standardized.Sample(i).Slice(20 * channel, 20).ToArray())];
            Assert.Equal(0, numbers.Average(), 1e-5);
            Assert.Equal(1, numbers.Average(value => value * value), 1e-5);
        }
    }

    [Fact]
    public void Generated_shapes_are_a_function_of_the_seed_and_differ()
    {
        (Dataset<float> train, Dataset<float> test) = GeneratedShapes.Create<float>(3, 40, 20);
        Assert.Equal((40, 20, 10, 3072), (train.Count, test.Count, train.Classes, train.Features));
        Assert.Equal(GeneratedShapes.Create<float>(3, 40, 5).Train.Samples, train.Samples);
        Assert.NotEqual(GeneratedShapes.Create<float>(4, 40, 20).Train.Samples.ToArray(), train.Samples.ToArray());
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(4, train.Labels.Count(other => other == label)));
        Assert.All(train.Samples.ToArray(), level => Assert.Equal(level * 255, MathF.Round(level * 255), 1e-3f));
    }

    /// <summary>The only change that explains the row of a batch.</summary>
    private static (int Down, int Right, bool Mirrored) ChangeOf(Batch<float> batch, int row)
    {
        ReadOnlySpan<float> image = Data.Sample(batch.Indices[row]);
        List<(int, int, bool)> found = [];
        for (int change = 0; change < 50; change++)
        {
            (int down, int right, bool mirrored) = ((change / 10) - 2, (change / 2 % 5) - 2, change % 2 == 1);
            bool fits = true;
            for (int place = 0; place < 40 && fits; place++)
            {
                (int channel, int y, int x) = (place / 20, place / 5 % 4, place % 5);
                (int fromY, int fromX) = (y - down, (mirrored ? 4 - x : x) - right);
                float expected = fromY is >= 0 and < 4 && fromX is >= 0 and < 5 ? image[(channel * 20) + (fromY * 5) + fromX] : -1 - channel;
                fits = batch.Features[row, place] == expected;
            }

            if (fits)
                found.Add((down, right, mirrored));
        }

        return Assert.Single(found);
    }
}
