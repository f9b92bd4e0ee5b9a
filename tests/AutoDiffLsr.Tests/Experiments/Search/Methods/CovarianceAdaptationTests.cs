using AutoDiffLsr.Experiments.Search.Methods;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Methods;

public sealed class CovarianceAdaptationTests
{
    private static readonly Func<double[], double> Sphere = x => x.Sum(value => value * value);
    private static readonly Func<double[], double> Ellipsoid = x => x.Select((value, i) => Math.Pow(1e4, i / (x.Length - 1.0)) * (value - 1) * (value - 1)).Sum();
    private static readonly Func<double[], double> Rosenbrock = x => x.Zip(x.Skip(1), (a, b) => (100 * (b - (a * a)) * (b - (a * a))) + ((1 - a) * (1 - a))).Sum();

    public static TheoryData<string, int> Functions => new() { { "sphere", 100 }, { "ellipsoid", 250 }, { "rosenbrock", 600 } };

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_minimum_is_found(string name, int generations)
    {
        Func<double[], double> function = name == "sphere" ? Sphere : name == "ellipsoid" ? Ellipsoid : Rosenbrock;
        CovarianceAdaptation evolution = new([2, -1, 0.5, 1.5, -2, 1], 0.5, 12, new RandomSource(1));
        for (int i = 0; i < generations; i++)
            evolution.Tell([.. evolution.Ask().Select(function)]);
        Assert.InRange(function([.. evolution.Mean]), 0, 1e-9);
    }

    [Fact]
    public void Points_of_no_use_are_not_followed()
    {
        CovarianceAdaptation evolution = new([0, 0], 1, 6, new RandomSource(1));
        evolution.Ask();
        evolution.Tell([.. Enumerable.Repeat(double.PositiveInfinity, 6)]);
        Assert.Equal([0, 0], evolution.Mean);
        for (int i = 0; i < 60; i++)
            evolution.Tell([.. evolution.Ask().Select(x => x[0] < 1 ? double.PositiveInfinity : Sphere(x))]);
        Assert.Equal(1, evolution.Mean[0], 0.05);
        Assert.Equal(0, evolution.Mean[1], 0.05);
    }
}
