using AutoDiffLsr.Data;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class GeneratedPointsTests
{
    [Fact]
    public void Moons_without_noise_are_half_circles()
    {
        Dataset<double> moons = GeneratedPoints.Moons<double>(1, noise: 0).Train;
        for (int i = 0; i < moons.Count; i++)
        {
            (double x, double y) = (moons.Sample(i)[0], moons.Sample(i)[1]);
            bool isUpper = moons.Labels[i] == 0;
            Assert.Equal(1, isUpper ? Math.Sqrt((x * x) + (y * y)) : Math.Sqrt(Math.Pow(x - 1, 2) + Math.Pow(y - 0.5, 2)), 1e-12);
            Assert.True(isUpper ? y >= 0 : y <= 0.5);
        }
    }

    [Fact]
    public void Spirals_without_noise_have_an_angle_that_grows_with_the_radius()
    {
        Dataset<double> spirals = GeneratedPoints.Spirals<double>(1, noise: 0).Train;
        for (int i = 0; i < spirals.Count; i++)
        {
            (double x, double y) = (spirals.Sample(i)[0], spirals.Sample(i)[1]);
            double radius = Math.Sqrt((x * x) + (y * y));
            double turns = (Math.Atan2(y, x) / Math.Tau) - radius - (spirals.Labels[i] / 3.0);
            Assert.Equal(0, turns - Math.Round(turns), 1e-9);
            Assert.InRange(radius, 0.1, 1);
        }
    }

    [Fact]
    public void Blobs_stand_around_their_centres_with_deviation_1()
    {
        Dataset<double> blobs = GeneratedPoints.Blobs<double>(1, train: 20_000).Train;
        double[] x = [.. Enumerable.Range(0, blobs.Count).Where(i => blobs.Labels[i] == 2).Select(i => blobs.Sample(i)[0])];
        Assert.Equal(-3, x.Average(), 0.06);
        Assert.Equal(1, Math.Sqrt(x.Average(value => Math.Pow(value - x.Average(), 2))), 0.05);
    }
}
