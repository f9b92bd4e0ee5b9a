using AutoDiffLsr.Experiments;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class SmoothingGapTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void The_gap_is_B_times_the_divergence_of_the_uniform_distribution(int classes)
    {
        const double Smoothing = 0.1;
        double[] spreads = [0, 1, 5];
        var gap = SmoothingGap.Measure(Smoothing, classes, spreads);
        for (int i = 0; i < spreads.Length; i++)
        {
            double[] others = [.. Enumerable.Range(0, classes - 1).Select(j => spreads[i] * (((double)j / (classes - 2)) - 0.5))];
            double divergence = Math.Log(others.Sum(Math.Exp)) - others.Average() - Math.Log(classes - 1);
            Assert.Equal(Smoothing * (classes - 1) / classes * divergence, gap.Gaps[i], 1e-12);
        }

        Assert.True(gap.Gaps[0] < 1e-12 && gap.Gaps[1] < gap.Gaps[2]);
    }

    [Fact]
    public void Two_classes_have_no_gap_to_draw() => Assert.Throws<ArgumentOutOfRangeException>(() => SmoothingGap.Measure(0.1, 2, [1]));
}
