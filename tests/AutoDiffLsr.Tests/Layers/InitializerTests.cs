using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class InitializerTests
{
    private const int Count = 200_000;

    public static TheoryData<string, double> Deviations => new()
    {
        { "kaiming normal", Math.Sqrt(2.0 / 50) },
        { "kaiming uniform", Math.Sqrt(2.0 / 50) },
        { "kaiming normal, slope 0.5", Math.Sqrt(2.0 / (1.25 * 50)) },
        { "xavier normal", Math.Sqrt(2.0 / 80) },
        { "xavier uniform", Math.Sqrt(2.0 / 80) },
        { "xavier uniform, gain 3", 3 * Math.Sqrt(2.0 / 80) },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Draws_have_mean_zero_and_the_stated_deviation(string name, double deviation)
    {
        double[] values = Draw(Named(name));
        double mean = values.Average(), variance = values.Sum(value => value * value) / Count;

        // Five standard errors: of the mean, and of the variance (whose kurtosis is at most 3 for both laws).
        Assert.InRange(mean, -5 * deviation / Math.Sqrt(Count), 5 * deviation / Math.Sqrt(Count));
        Assert.InRange(variance / (deviation * deviation), 1 - (5 * Math.Sqrt(2.0 / Count)), 1 + (5 * Math.Sqrt(2.0 / Count)));
    }

    [Theory]
    [InlineData("kaiming uniform", 3.0)]
    [InlineData("kaiming normal", 20.0)]
    public void Uniform_draws_end_at_root_three_deviations_and_normal_ones_go_on(string name, double squaredBound)
    {
        double largest = Draw(Named(name)).Max(value => value * value) / (2.0 / 50);
        Assert.Equal(name == "kaiming uniform", largest <= squaredBound && squaredBound - largest < 0.01);
        Assert.True(largest > 2.99);
    }

    [Fact]
    public void Every_name_gives_an_initializer_and_other_spellings_the_same_one()
    {
        Assert.Equal(6, Initializer.Names.Count);
        string[] drawn = [.. Initializer.Names.Select(name => string.Join(' ', Draw(Initializer.Named(name)).Take(4)))];
        Assert.Equal(6, drawn.Distinct().Count());
        Assert.Equal(Draw(Initializer.KaimingNormal()), Draw(Initializer.Named("kaiming_normal_")));
        Assert.Equal(Draw(Initializer.KaimingUniform()), Draw(Initializer.Named("He-Uniform")));
        Assert.Equal(Draw(Initializer.XavierUniform()), Draw(Initializer.Named("glorot_uniform")));
        Assert.Equal(Draw(Initializer.XavierNormal()), Draw(Initializer.Named("xavier-normal")));
        Assert.Equal(Draw(Initializer.FanInUniform), Draw(Initializer.Named("fan-in-uniform")));
        Assert.Contains("kaiming-normal", Assert.Throws<ArgumentException>(() => Initializer.Named("kaiming")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_are_zeros_and_draw_nothing()
    {
        RandomSource random = new(1);
        double[] values = [1, 2, 3];
        Initializer.Zeros.Fill(values.AsSpan(), 1, 3, random);
        Assert.Equal([0, 0, 0], values);
        Assert.Equal(new RandomSource(1).State, random.State);
    }

    private static Initializer Named(string name) => name switch
    {
        "kaiming normal" => Initializer.KaimingNormal(),
        "kaiming uniform" => Initializer.KaimingUniform(),
        "kaiming normal, slope 0.5" => Initializer.KaimingNormal(0.5),
        "xavier normal" => Initializer.XavierNormal(),
        "xavier uniform" => Initializer.XavierUniform(),
        _ => Initializer.XavierUniform(3),
    };

    private static double[] Draw(Initializer initializer)
    {
        double[] values = new double[Count];
        initializer.Fill(values.AsSpan(), fanIn: 50, fanOut: 30, new RandomSource(4));
        return values;
    }
}
