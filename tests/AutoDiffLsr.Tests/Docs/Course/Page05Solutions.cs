using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/05-smoothing-three-ways.md.</summary>
public sealed class Page05Solutions
{
    /// <summary>One other class has all that is left: p_j = (1 - p_t)/(C - 1), and the two formulas are the same.</summary>
    [Fact]
    public void With_two_classes_there_is_only_one_other()
    {
        foreach (double z in new[] { -30.0, -1, 0, 2, 50 })
            Assert.Equal(Value(new LabelSmoothing(0.3), z, 1), Value(new SparseLabelSmoothing(0.3), z, 1), 1e-12);
    }

    [Fact]
    public void Equal_logits_expose_the_published_sign()
    {
        double[] equal = [2, 2, 2, 2, 2];
        Assert.Equal(Math.Log(5), Value(new CrossEntropy(), equal), 1e-12);
        Assert.Equal(Math.Log(5), Value(new LabelSmoothing(0.1), equal), 1e-12);
        Assert.Equal(Math.Log(5), Value(new SparseLabelSmoothing(0.1), equal), 1e-12);
        Assert.Equal((0.92 - 0.08) * Math.Log(5), Value(new SparseLabelSmoothing(0.1, SparseLsrForm.AsPublished), equal), 1e-9);
    }

    /// <summary>In float p is 1 exactly, so 1 - p is 0, and its logarithm is minus infinity. The clamp makes it finite, with a gradient of 0. By the margin, log(1 - p) is -softplus(20) = -20.</summary>
    [Fact]
    public void Without_the_clamp_the_published_line_is_infinite()
    {
        float p = 1 / (1 + MathF.Exp(-20)), b = 0.1f * 2 / 3;
        Assert.Equal(1, p);
        Assert.Equal(float.NegativeInfinity, (-(1 - b) * MathF.Log(p)) + (b * MathF.Log((1 - p) / 2)));
        Assert.Equal(b * MathF.Log(1e-7f / 2), (-(1 - b) * MathF.Log(p)) + (b * MathF.Log(MathF.Max(1 - p, 1e-7f) / 2)), 1e-6f);
        using var tape = new Tape<float>();
        Variable<float> logits = tape.Variable(Matrix<float>.Build.DenseOfRowArrays([[20f + MathF.Log(2), 0, 0]]));
        Assert.Equal(b * (20 + MathF.Log(2)), new SparseLabelSmoothing(0.1).Compute(logits, [0]).Scalar, 1e-5f);
    }

    private static double Value(ClassificationLoss loss, params double[] logits)
    {
        using var tape = new Tape<double>();
        return loss.Compute(tape.Constant(Matrix<double>.Build.DenseOfRowArrays(logits)), [0]).Scalar;
    }
}
