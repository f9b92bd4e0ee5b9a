using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class BinaryCrossEntropyTests : IDisposable
{
    private static readonly Matrix<double> Z = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -2 }, { 0, 3 }, { 0.5, -1 } });
    private static readonly Matrix<double> T = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 }, { 0.25, 0.5 }, { 0, 1 } });

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Theory]
    [InlineData(Reduction.Mean, 6)]
    [InlineData(Reduction.Sum, 1)]
    public void Value_and_gradient_are_those_of_the_definition(Reduction reduction, double divisor)
    {
        Variable<double> z = tape.Variable(Z), t = tape.Variable(T), loss = new BinaryCrossEntropy { Reduction = reduction }.Compute(z, t);
        Assert.Equal(Losses().Enumerate().Sum() / divisor, loss.Scalar, 1e-14);
        Gradients<double> gradients = tape.Gradients(loss, [z, t]);
        Assert.True(gradients[z].Value.AlmostEqual((Z.Map(P) - T) / divisor, 1e-15));
        Assert.True(gradients[t].Value.AlmostEqual(-Z / divisor, 1e-15));
    }

    [Fact]
    public void The_mean_is_what_there_is_by_default_and_no_reduction_gives_the_sums_of_rows()
    {
        Variable<double> z = tape.Variable(Z), t = tape.Constant(T);
        Assert.Equal(Losses().Enumerate().Average(), new BinaryCrossEntropy().Compute(z, t).Scalar, 1e-15);
        Matrix<double> rows = new BinaryCrossEntropy { Reduction = Reduction.None }.Compute(z, t).Value;
        Assert.Equal((3, 1), (rows.RowCount, rows.ColumnCount));
        Assert.True(rows.Column(0).AlmostEqual(Losses().RowSums(), 1e-14));
    }

    [Fact]
    public void Saturated_logits_cost_their_size_and_nothing_overflows()
    {
        Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(1, 2, [1e5, -1e5]));
        Assert.Equal(1e5, new BinaryCrossEntropy().Compute(z, tape.Constant(Matrix<double>.Build.Dense(1, 2, [0.0, 1]))).Scalar);
        Assert.Equal(0.0, new BinaryCrossEntropy().Compute(z, tape.Constant(Matrix<double>.Build.Dense(1, 2, [1.0, 0]))).Scalar);
    }

    [Fact]
    public void Wrong_shapes_and_reductions_are_named()
    {
        Variable<double> z = tape.Variable(Z), t = tape.Constant(T.Transpose());
        ArgumentException shapes = Assert.Throws<ArgumentException>(() => new BinaryCrossEntropy().Compute(z, t));
        Assert.Contains("The outputs are 3x2, the targets 2x3", shapes.Message, StringComparison.Ordinal);
        Assert.Equal("targets", shapes.ParamName);
        Assert.Equal("reduction", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy { Reduction = (Reduction)3 }.Compute(z, tape.Constant(T))).ParamName);
    }

    private static double P(double z) => 1 / (1 + Math.Exp(-z));

    private static Matrix<double> Losses() => Z.MapIndexed((i, j, z) => -(T[i, j] * Math.Log(P(z))) - ((1 - T[i, j]) * Math.Log(1 - P(z))));
}
