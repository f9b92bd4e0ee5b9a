using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class SumsTests
{
    [Fact]
    public void A_sum_or_repetition_to_the_same_shape_is_the_variable_itself()
    {
        using Tape<double> tape = new();
        Variable<double> one = tape.Variable(Matrix<double>.Build.Dense(1, 1, 2.0)), x = tape.Variable(Matrix<double>.Build.Dense(2, 3, 2.0));
        Assert.Equal(one, one.Sum());
        Assert.Equal(x, x.BroadcastTo(new Shape(2, 3)));
        Assert.Equal(2, tape.Count);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 3)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    public void A_side_that_is_neither_equal_nor_1_cannot_be_repeated(int rows, int columns)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(2, 3, 2.0));
        Assert.Contains($"A 2x3 cannot be repeated to {rows}x{columns}", Assert.Throws<ArgumentException>(() => x.BroadcastTo(new Shape(rows, columns))).Message, StringComparison.Ordinal);
    }
}
