using AutoDiffLsr.Experiments;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void Equal_differences_leave_no_doubt()
    {
        var difference = PairedDifference.Of([3, 4, 5], [1, 2, 3]);
        Assert.Equal((2.0, 2.0, 2.0, 3), (difference.Mean, difference.Low, difference.High, difference.Pairs));
    }

    [Fact]
    public void The_interval_of_two_pairs_is_their_range() // of the means of two draws a quarter each are the ends
    {
        var difference = PairedDifference.Of([0, 1], [0, 0]);
        Assert.Equal((0.5, 0.0, 1.0), (difference.Mean, difference.Low, difference.High));
    }

    [Fact]
    public void The_interval_holds_the_truth_about_as_often_as_it_says()
    {
        RandomSource random = new(7);
        int held = 0;
        const int Trials = 200;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 30).Select(_ => 1 + random.NextNormal())];
            var difference = PairedDifference.Of(values, new double[30], trial);
            held += difference.Low <= 1 && difference.High >= 1 ? 1 : 0;
        }

        Assert.InRange((double)held / Trials, 0.88, 0.99);
    }

    [Fact]
    public void Pairs_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([], []));
    }

    [Fact]
    public void A_summary_has_the_deviation_of_a_sample()
    {
        var summary = SampleSummary.Of([1, 2, 3, 4]);
        Assert.Equal((2.5, Math.Sqrt(5.0 / 3)), (summary.Mean, summary.Deviation));
        Assert.True(double.IsNaN(SampleSummary.Of([1]).Deviation));
        Assert.Throws<ArgumentException>(() => SampleSummary.Of([]));
    }
}
