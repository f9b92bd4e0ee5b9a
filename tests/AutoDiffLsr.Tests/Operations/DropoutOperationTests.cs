using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

public sealed class DropoutOperationTests : IDisposable
{
    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Fact]
    public void A_rate_of_zero_is_the_input_and_draws_nothing()
    {
        RandomSource random = new(3);
        Variable<double> x = Ones();
        Assert.Equal(x, x.Dropout(0, random));
        Assert.Equal(new RandomSource(3).State, random.State);
    }

    [Fact]
    public void Each_use_draws_a_number_an_entry()
    {
        RandomSource random = new(3), expected = new(3);
        Variable<double> x = Ones();
        Assert.NotEqual(x.Dropout(0.5, random).Value, x.Dropout(0.5, random).Value);
        for (int i = 0; i < 2 * x.Shape.Count; i++)
            expected.NextDouble();
        Assert.Equal(expected.State, random.State);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_rate_outside_0_to_1_is_refused(double rate)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Ones().Dropout(rate, new RandomSource(1)));
        Assert.Equal("rate", error.ParamName);
        Assert.Contains("it must be in [0, 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_of_random_numbers_is_needed_at_any_rate()
    {
        Assert.Equal("random", Assert.Throws<ArgumentNullException>(() => Ones().Dropout(0.5, null!)).ParamName);
        Assert.Equal("random", Assert.Throws<ArgumentNullException>(() => Ones().Dropout(0, null!)).ParamName);
    }

    [Fact]
    public void A_rate_just_below_1_keeps_a_few_entries()
    {
        Variable<double> x = tape.Constant(Matrix<double>.Build.Dense(1000, 10, 1.0));
        int kept = x.Dropout(0.99, new RandomSource(1)).Value.Enumerate().Count(value => value != 0);
        Assert.InRange(kept, 50, 150);
    }

    private Variable<double> Ones() => tape.Variable(Matrix<double>.Build.Dense(8, 5, 1.0));
}
