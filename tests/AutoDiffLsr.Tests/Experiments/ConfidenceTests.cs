using AutoDiffLsr.Experiments;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class ConfidenceTests
{
    [Fact]
    public void The_means_are_those_of_the_definitions()
    {
        Matrix<double> logits = Matrix<double>.Build.DenseOfRowArrays([1, 2, 3], [30, 0, 0]);
        var confidence = Confidence.Of(logits, [2, 0]);
        double others = Math.Log(Math.E + Math.Exp(2));
        Assert.Equal((3 - others + 30 - Math.Log(2)) / 2, confidence.Margin, 1e-12);
        double p = Math.Exp(3) / (Math.E + Math.Exp(2) + Math.Exp(3));
        Assert.Equal((p + 1) / 2, confidence.TargetProbability, 1e-12);
        Assert.Equal(0.5, confidence.SaturatedShare);
        double[] q = [1 / (1 + Math.E), Math.E / (1 + Math.E)];
        Assert.Equal(q.Sum(value => 0.5 * Math.Log(0.5 / value)) / 2, confidence.NonTargetDivergence, 1e-12);
    }

    [Fact]
    public void Saturation_is_seen_where_float_rounds_the_probability_to_one()
    {
        Matrix<float> logits = Matrix<float>.Build.DenseOfRowArrays([15.5f, 0], [17.5f, 0]);
        Assert.Equal(0.5, Confidence.Of(logits, [0, 0]).SaturatedShare);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 3);
        Assert.Throws<ArgumentException>(() => Confidence.Of(logits, [0]));
        Assert.Contains("labels[1] is 3", Assert.Throws<ArgumentException>(() => Confidence.Of(logits, [0, 3])).Message, StringComparison.Ordinal);
    }
}
