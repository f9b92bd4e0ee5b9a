using System.Numerics.Tensors;
using AutoDiffLsr.Data;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class GeneratedDigitsTests
{
    private const int Train = 2000;
    private const int Test = 200;

    private static readonly TrainTestSplit<float> Digits = GeneratedDigits.Create<float>(1, Train, Test);

    [Fact]
    public void Images_are_28_by_28_of_ten_equally_frequent_classes_with_levels_of_grey()
    {
        (Dataset<float> train, Dataset<float> test) = Digits;
        Assert.Equal((Train, Test, 784, 10), (train.Count, test.Count, train.Features, train.Classes));
        Assert.Equal(new ImageSize(28, 28), train.ImageSize);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(Train / 10, train.Labels.Count(label => label == digit)));
        foreach (float pixel in train.Samples)
            Assert.True(pixel is >= 0 and <= 1 && MathF.Round(255 * pixel) / 255 == pixel);
    }

    [Fact]
    public void The_images_follow_the_seed_and_not_the_sizes_or_the_type()
    {
        (Dataset<double> fewer, Dataset<double> test) = GeneratedDigits.Create<double>(1, Train, 7);
        Assert.Equal(Digits.Train.Samples.ToArray(), Array.ConvertAll(fewer.Samples.ToArray(), pixel => (float)pixel));
        Assert.Equal(7, test.Count);
        Assert.NotEqual(Digits.Train.Samples[..784].ToArray(), GeneratedDigits.Create<float>(2, 10, 7).Train.Samples[..784].ToArray());
    }

    [Fact]
    public void No_ink_touches_the_edge_often()
    {
        int cut = Enumerable.Range(0, Digits.Train.Count).Count(i => Border(Digits.Train.Sample(i)) > 0.6f);
        Assert.InRange(cut, 0, Digits.Train.Count / 10);
    }

    // The nearest class mean is a linear model. One template for each class falls behind; the digits themselves are plain to their neighbours.
    [Fact]
    public void One_template_for_each_class_is_not_enough_but_similar_digits_are_the_same_digit()
    {
        (Dataset<float> train, Dataset<float> test) = Digits;
        float[][] means = [.. Enumerable.Range(0, 10).Select(digit => Mean(train, digit))];
        int byMean = 0, byNeighbour = 0;
        for (int i = 0; i < test.Count; i++)
        {
            int sample = i;
            int mean = Nearest(10, other => TensorPrimitives.Distance(means[other], test.Sample(sample)));
            int neighbour = Nearest(train.Count, other => TensorPrimitives.Distance(train.Sample(other), test.Sample(sample)));
            byMean += mean == test.Labels[i] ? 1 : 0;
            byNeighbour += train.Labels[neighbour] == test.Labels[i] ? 1 : 0;
        }

        Assert.InRange(byMean / (double)Test, 0.4, 0.75);
        Assert.InRange(byNeighbour / (double)Test, 0.78, 1);
    }

    [Fact]
    public void Sizes_below_one_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => GeneratedDigits.Create<float>(1, 0, 5));

    private static float Border(ReadOnlySpan<float> image)
    {
        float darkest = 0;
        for (int i = 0; i < 28; i++)
            darkest = Math.Max(darkest, Math.Max(Math.Max(image[i], image[(27 * 28) + i]), Math.Max(image[28 * i], image[(28 * i) + 27])));
        return darkest;
    }

    private static float[] Mean(Dataset<float> data, int digit)
    {
        int[] members = [.. Enumerable.Range(0, data.Count).Where(i => data.Labels[i] == digit)];
        float[] mean = new float[data.Features];
        foreach (int member in members)
            TensorPrimitives.Add(mean, data.Sample(member), mean);
        TensorPrimitives.Divide(mean, members.Length, mean);
        return mean;
    }

    private static int Nearest(int count, Func<int, float> distance) => Enumerable.Range(0, count).MinBy(distance);
}
