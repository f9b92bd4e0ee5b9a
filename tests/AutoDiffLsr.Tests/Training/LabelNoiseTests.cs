using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class LabelNoiseTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4, 1200)]
    [InlineData(1, 3000)]
    public void Exactly_the_asked_share_of_labels_becomes_another_class(double rate, int flips)
    {
        Dataset<double> dataset = Samples.Counting<double>(3000, 1, 3);
        Dataset<double> noisy = LabelNoise.Apply(dataset, rate, seed: 9);
        Assert.Equal(flips, dataset.Labels.Zip(noisy.Labels).Count(pair => pair.First != pair.Second));
        Assert.Equal(dataset.Samples, noisy.Samples);
        Assert.Equal(0, dataset.Labels[0]);
    }

    [Fact]
    public void Every_other_class_is_as_likely()
    {
        Dataset<double> noisy = LabelNoise.Apply(Samples.OfClassSizes(30_000, 0, 0, 0), 1, seed: 9);
        Assert.All(Enumerable.Range(1, 3), label => Assert.InRange(noisy.Labels.Count(l => l == label), 9_700, 10_300));
    }

    [Fact]
    public void The_flips_follow_the_seed()
    {
        Dataset<double> dataset = Samples.Counting<double>(100, 1, 3);
        Assert.Equal(LabelNoise.Apply(dataset, 0.5, 1).Labels, LabelNoise.Apply(dataset, 0.5, 1).Labels);
        Assert.NotEqual(LabelNoise.Apply(dataset, 0.5, 1).Labels, LabelNoise.Apply(dataset, 0.5, 2).Labels);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_no_share_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelNoise.Apply(Samples.Counting<double>(4, 1, 2), rate, 1));
}
