using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class MeanSquaredErrorTests : IDisposable
{
    private static readonly Matrix<double> X = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 5 }, { 0, 3 }, { 2, -1 } });
    private static readonly Matrix<double> T = Matrix<double>.Build.DenseOfArray(new double[,] { { 2, 3 }, { 0, 0.5 }, { -1, -3 } });

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Theory]
    [InlineData(Reduction.Mean, 24.25 / 6, 1.0 / 3)]
    [InlineData(Reduction.Sum, 24.25, 2.0)]
    public void Value_and_both_gradients_are_those_of_the_definition(Reduction reduction, double value, double factor)
    {
        // The squares of -1, 2, 0, 2.5, 3 and 2.
        Variable<double> x = tape.Variable(X), t = tape.Variable(T);
        foreach (bool createGraph in new[] { false, true })
        {
            Variable<double> loss = new MeanSquaredError { Reduction = reduction }.Compute(x, t);
            Assert.Equal(value, loss.Scalar, 1e-14);
            Gradients<double> gradients = tape.Gradients(loss * 3, [x, t], createGraph);
            Assert.True(gradients[x].Value.AlmostEqual(3 * factor * (X - T), 1e-14));
            Assert.True(gradients[t].Value.AlmostEqual(3 * factor * (T - X), 1e-14));
        }
    }

    [Fact]
    public void The_mean_is_what_there_is_by_default_and_no_reduction_gives_the_sums_of_rows()
    {
        Variable<double> x = tape.Variable(X), t = tape.Constant(T);
        Assert.Equal(24.25 / 6, new MeanSquaredError().Compute(x, t).Scalar, 1e-14);
        Assert.Equal(Matrix<double>.Build.Dense(3, 1, [5, 6.25, 13]), new MeanSquaredError { Reduction = Reduction.None }.Compute(x, t).Value);
    }

    [Fact]
    public void Targets_of_another_shape_are_named()
    {
        Variable<double> x = tape.Variable(X), t = tape.Constant(T.Transpose());
        ArgumentException error = Assert.Throws<ArgumentException>(() => new MeanSquaredError().Compute(x, t));
        Assert.Contains("The outputs are 3x2, the targets 2x3", error.Message, StringComparison.Ordinal);
        Assert.Equal("targets", error.ParamName);
    }
}
