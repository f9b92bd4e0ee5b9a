using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/04-softmax-and-cross-entropy.md.</summary>
public sealed class Page04Solutions
{
    /// <summary>A shift by a constant moves along (1, 1, ..., 1) and leaves the loss as it is, so the gradient has no part along that direction: its entries sum to 0.</summary>
    [Fact]
    public void The_gradient_sums_to_zero_because_a_shift_changes_nothing()
    {
        using var tape = new Tape<double>();
        Variable<double> logits = tape.Variable(Matrix<double>.Build.Dense(5, 4, (i, j) => 10 * Math.Sin((4 * i) + j)));
        Variable<double> loss = new CrossEntropy().Compute(logits, [0, 1, 2, 3, 0]), shifted = new CrossEntropy().Compute(logits + 12.5, [0, 1, 2, 3, 0]);
        Assert.Equal(loss.Scalar, shifted.Scalar, 1e-12);
        foreach (double sum in tape.Gradient(loss, logits).Value.RowSums())
            Assert.Equal(0, sum, 1e-15);
    }

    /// <summary>p is 1.9e-44, so the epsilon swamps it. The loss stays at 16.1, and its gradient is p/1e-7, nearly 0, where it should be -1.</summary>
    [Fact]
    public void An_epsilon_inside_the_logarithm_kills_the_gradient()
    {
        using var tape = new Tape<double>();
        Variable<double> logits = tape.Variable(Matrix<double>.Build.DenseOfRowArrays([[0.0, 0, -100]]));
        Variable<double> clamped = -(logits.Softmax().GatherByLabel([2]) + 1e-7).Log().Sum();
        Assert.Equal(-Math.Log(1e-7), clamped.Scalar, 1e-9);
        Assert.InRange(tape.Gradient(clamped, logits).Value[0, 2], -1e-30, 0);
        Assert.Equal(-1, tape.Gradient(new CrossEntropy().Compute(logits, [2]), logits).Value[0, 2], 1e-12);
    }

    /// <summary>Probabilities as logits are at best (1, 0, 0): -log(e / (e + 2)) = 0.5514 and not 0.</summary>
    [Fact]
    public void A_softmax_before_the_loss_keeps_it_away_from_zero()
    {
        using var tape = new Tape<double>();
        Variable<double> logits = tape.Variable(Matrix<double>.Build.DenseOfRowArrays([[1000.0, 0, 0]]));
        Assert.Equal(0, new CrossEntropy().Compute(logits, [0]).Scalar);
        Assert.Equal(0.5514, new CrossEntropy().Compute(logits.Softmax(), [0]).Scalar, 1e-4);
    }
}
