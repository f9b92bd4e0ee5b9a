using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/08-how-to-distrust-a-gradient.md.</summary>
public sealed class Page08Solutions
{
    /// <summary>Every entry moves, by ½ to 3/2, so no error is nearly left out. The report then names the entry.</summary>
    [Fact]
    public void An_error_in_one_entry_is_seen_along_a_random_direction()
    {
        Matrix<double> x = Matrix<double>.Build.Dense(10, 10, (i, j) => Math.Sin((10 * i) + j));
        CheckReport report = GradientCheck.Check(WrongAtOneEntry, x);
        Assert.False(report.Passed);
        Assert.Contains("1 of 100 entries wrong", report.ToString(), StringComparison.Ordinal);

        static Variable<double> WrongAtOneEntry(Variable<double> v) => Operation.Unary(
            "square", v, v.Shape, forward: static (x, y) => x.PointwiseMultiply(x, y), vjp: static (x, y, dy) => 2 * x * dy * x.Tape.Constant(Factors()));

        static Matrix<double> Factors() => Matrix<double>.Build.Dense(10, 10, (i, j) => (i, j) == (3, 7) ? 1.01 : 1);
    }

    /// <summary>At 1 floor jumps, and no slope there is right: inconclusive. At 1.5 it is flat, and its gradient 0 is right.</summary>
    [Fact]
    public void A_jump_is_never_passed()
    {
        Assert.Equal(CheckOutcome.Inconclusive, GradientCheck.Check(v => v.Floor(), Matrix<double>.Build.Dense(1, 1, 1.0)).Outcome);
        Assert.True(GradientCheck.Check(v => v.Floor(), Matrix<double>.Build.Dense(1, 1, 1.5)).Passed);
    }

    [Fact]
    public void A_gradient_from_elsewhere_is_checked_the_same_way()
    {
        double[] x = [0.5, -1, 2];
        Assert.True(GradientCheck.Check((double[] p) => p.Average(value => value * value), p => [.. p.Select(value => 2 * value / p.Length)], x).Passed);
        Assert.False(GradientCheck.Check((double[] p) => p.Average(value => value * value), p => [.. p.Select(value => 2 * value)], x).Passed);
    }
}
