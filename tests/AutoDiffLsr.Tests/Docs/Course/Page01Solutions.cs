using System.Numerics;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/01-a-derivative-you-can-see.md.</summary>
public sealed class Page01Solutions
{
    [Fact]
    public void The_digit_six_is_half_of_the_second_derivative()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(1, 1, 2.0));
        Variable<double> first = tape.Gradient(x * x * x, x, createGraph: true);
        Variable<double> second = tape.Gradient(first, x);
        Assert.Equal(12, second.Scalar);
        Assert.Equal(6, second.Scalar / 2);
    }

    /// <summary>Rounding gives 1e-16 / h, the formula h² / 6 · f''': they are equal where h³ is about 1e-16, near 1e-5.</summary>
    [Fact]
    public void The_best_central_step_is_near_the_cube_root_of_rounding()
    {
        double best = Enumerable.Range(1, 12).Select(digits => Math.Pow(10, -digits)).MinBy(h => Math.Abs(((Math.Sin(1 + h) - Math.Sin(1 - h)) / (2 * h)) - Math.Cos(1)));
        Assert.InRange(best, 0.9e-6, 1.1e-5);
        Assert.InRange(Math.Cbrt(1e-16), best / 10, best * 10);
    }

    /// <summary>f(x + ih) = f(x) + ih·f'(x) - ...: the derivative is alone in the imaginary part, and nothing is subtracted from it.</summary>
    [Fact]
    public void An_imaginary_step_has_nothing_to_cancel()
    {
        const double H = 1e-200;
        Complex x = new(2, H);
        Assert.Equal(12, (x * x * x).Imaginary / H, 1e-14);
    }
}
