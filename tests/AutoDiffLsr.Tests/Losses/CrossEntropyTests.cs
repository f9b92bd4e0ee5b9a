using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class CrossEntropyTests : IDisposable
{
    private static readonly Matrix<double> Z = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -2, 0.5 }, { 0, 3, 1 } });
    private static readonly Matrix<double> Y = Matrix<double>.Build.DenseOfArray(new double[,] { { 0.5, 0.25, 0.25 }, { 0, 0.9, 0.1 } });

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Theory]
    [InlineData(Reduction.Mean, 2)]
    [InlineData(Reduction.Sum, 1)]
    public void Against_distributions_value_and_gradients_are_those_of_the_definition(Reduction reduction, double divisor)
    {
        Variable<double> z = tape.Variable(Z), y = tape.Variable(Y), loss = new CrossEntropy { Reduction = reduction }.Compute(z, y);
        Assert.Equal(Enumerable.Range(0, 2).Sum(RowLoss) / divisor, loss.Scalar, 1e-15);
        Gradients<double> gradients = tape.Gradients(loss, [z, y]);
        Assert.True(gradients[z].Value.AlmostEqual((Z.MapIndexed((i, j, _) => Math.Exp(LogP(i, j))) - Y) / divisor, 1e-15));
        Assert.True(gradients[y].Value.AlmostEqual(Y.MapIndexed((i, j, _) => -LogP(i, j) / divisor), 1e-15));
    }

    [Fact]
    public void Against_distributions_no_reduction_gives_one_loss_a_row()
    {
        Matrix<double> rows = new CrossEntropy { Reduction = Reduction.None }.Compute(tape.Variable(Z), tape.Constant(Y)).Value;
        Assert.True(rows.AlmostEqual(Matrix<double>.Build.Dense(2, 1, [RowLoss(0), RowLoss(1)]), 1e-15));
    }

    [Fact]
    public void Distributions_of_another_shape_and_options_of_labels_are_refused()
    {
        Variable<double> z = tape.Variable(Z), y = tape.Constant(Y);
        ArgumentException shapes = Assert.Throws<ArgumentException>(() => new CrossEntropy().Compute(z, tape.Constant(Y.Transpose())));
        Assert.Contains("The logits are 2x3, the target distributions 3x2", shapes.Message, StringComparison.Ordinal);
        Assert.Equal("targets", shapes.ParamName);
        Assert.Contains("belong to integer labels", Assert.Throws<InvalidOperationException>(() => new CrossEntropy { ClassWeights = [1, 1, 1] }.Compute(z, y)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new CrossEntropy { IgnoredLabel = 0 }.Compute(z, y));
        Assert.Throws<InvalidOperationException>(() => new CrossEntropy { IgnoredLabel = 0, ClassWeights = [1, 1, 1] }.Compute(z, y));
    }

    private static double LogP(int row, int column) => Z[row, column] - Math.Log(Z.Row(row).Sum(Math.Exp));

    private static double RowLoss(int row) => -Enumerable.Range(0, 3).Sum(j => Y[row, j] * LogP(row, j));
}
