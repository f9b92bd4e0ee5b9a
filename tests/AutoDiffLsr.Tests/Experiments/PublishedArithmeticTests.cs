using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class PublishedArithmeticTests
{
    private static readonly int[] Labels = [2, 0, 1];

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.7)]
    public void Away_from_saturation_it_is_the_exact_loss(double smoothing)
    {
        Equal(new SparseLabelSmoothing(smoothing), (z, labels) => PublishedArithmetic.SparseLabelSmoothing(z, labels, smoothing));
        Equal(new LabelSmoothing(smoothing), (z, labels) => PublishedArithmetic.OneHotLabelSmoothing(z, labels, smoothing));
    }

    [Fact]
    public void What_is_no_smoothing_or_label_is_refused()
    {
        using Tape<double> tape = new();
        Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublishedArithmetic.SparseLabelSmoothing(z, Labels, 1.5));
        Assert.Throws<ArgumentException>(() => PublishedArithmetic.OneHotLabelSmoothing(z, [0, 1, 4], 0.1));
    }

    private static void Equal(ClassificationLoss exact, Func<Variable<double>, int[], Variable<double>> composed)
    {
        using Tape<double> tape = new();
        Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(3, 4, (i, j) => Math.Sin((5 * i) + (3 * j))));
        Variable<double> expected = exact.Compute(z, Labels), actual = composed(z, Labels);
        Assert.Equal(expected.Scalar, actual.Scalar, 1e-12);
        Matrix<double> difference = tape.Gradient(expected, z).Value - tape.Gradient(actual, z).Value;
        Assert.Equal(0, difference.L2Norm(), 1e-12);
    }
}
