using AutoDiffLsr.Numerics;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class SoftplusAndSigmoidTests
{
    [Property(MaxTest = 300)]
    public void Both_are_those_of_the_functions_alone(int count, long seed)
    {
        RandomSource random = new(seed);
        double[] x = [.. Enumerable.Range(0, 1 + (Math.Abs(count % 50))).Select(_ => 30 * random.NextNormal())];
        double[] softplus = new double[x.Length], sigmoid = new double[x.Length];
        SoftplusAndSigmoid.OfNegative<double>(x, softplus, sigmoid);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Functions.Softplus(-x[i]), softplus[i], 4e-16 * softplus[i]);
            Assert.Equal(Functions.Sigmoid(-x[i]), sigmoid[i], 4e-16 * sigmoid[i]);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Ends_are_those_of_the_functions_alone(double end)
    {
        double[] x = [1, end, -1, 2, 3, 4, 5, 6, 7], softplus = new double[9], sigmoid = new double[9];
        SoftplusAndSigmoid.OfNegative<double>(x, softplus, sigmoid);
        Assert.Equal(Functions.Softplus(-end), softplus[1]);
        Assert.Equal(Functions.Sigmoid(-end), sigmoid[1]);
    }
}
