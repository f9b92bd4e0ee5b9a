using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

public sealed class LabelSmoothingTests
{
    /// <summary>Equal logits of any size: the loss is ln C, for every smoothing.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.1, 1000)]
    [InlineData(1, 1e11)]
    [InlineData(1, -1e11)]
    [InlineData(0.25, 3e38)]
    public void Large_logits_that_are_equal_cost_no_digits(double smoothing, double logit)
    {
        using Tape<float> single = new();
        using Tape<double> wide = new();
        Assert.Equal(Math.Log(3), new LabelSmoothing(smoothing).Compute(single.Constant(Matrix<float>.Build.Dense(2, 3, (float)logit)), [2, 0]).Scalar, 1e-6);
        Assert.Equal(Math.Log(3), new LabelSmoothing(smoothing).Compute(wide.Constant(Matrix<double>.Build.Dense(2, 3, logit * 1e54)), [2, 0]).Scalar, 1e-14);
    }

    [Fact]
    public void An_offset_of_a_thousand_costs_no_digits_in_float()
    {
        using Tape<float> tape = new();
        Matrix<float> logits = Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 2, 3 } });
        Assert.Equal(.50760596444438, new LabelSmoothing(0.1).Compute(tape.Constant(logits + 1000), [2]).Scalar, 2e-7);
    }

    [Fact]
    public void Where_the_other_logits_are_minus_infinity_the_loss_is_infinite()
    {
        using Tape<double> tape = new();
        Matrix<double> logits = Matrix<double>.Build.DenseOfArray(new double[,] { { 5, double.NegativeInfinity, double.NegativeInfinity } });
        Assert.Equal(double.PositiveInfinity, new LabelSmoothing(0.1).Compute(tape.Constant(logits), [0]).Scalar);
        Assert.Equal(0, new CrossEntropy().Compute(tape.Constant(logits), [0]).Scalar);
    }
}
