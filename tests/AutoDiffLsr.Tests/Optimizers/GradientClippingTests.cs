using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Optimizers;

public sealed class GradientClippingTests
{
    [Theory]
    [InlineData(100.0)]
    [InlineData(1.5)]
    public void By_norm_scales_all_gradients_by_one_factor(double maximum)
    {
        (double[] steps, double[] gradients) = Step(GradientClipping.ByNorm(maximum));
        double norm = Math.Sqrt(gradients.Sum(g => g * g)), factor = Math.Min(1, maximum / norm);
        for (int i = 0; i < steps.Length; i++)
            Assert.Equal(-factor * gradients[i], steps[i], 1e-14);
        Assert.Equal(Math.Min(norm, maximum), Math.Sqrt(steps.Sum(s => s * s)), 1e-13);
    }

    [Fact]
    public void By_value_moves_each_entry_into_the_range()
    {
        (double[] steps, double[] gradients) = Step(GradientClipping.ByValue(0.75));
        Assert.Contains(gradients, g => Math.Abs(g) > 0.75);
        for (int i = 0; i < steps.Length; i++)
            Assert.Equal(-Math.Clamp(gradients[i], -0.75, 0.75), steps[i]);
    }

    [Fact]
    public void A_float_gradient_whose_square_overflows_still_has_a_norm()
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(1, 2));
        Sgd<float> optimizer = new([parameter], 1) { Clipping = GradientClipping.ByNorm(5) };
        OptimizerTests.Feed(optimizer, parameter, Matrix<float>.Build.DenseOfArray(new[,] { { 3e30f, 4e30f } }));
        Assert.Equal(-3f, parameter.Value[0, 0], 1e-6f);
        Assert.Equal(-4f, parameter.Value[0, 1], 1e-6f);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.999)]
    [InlineData(1.0)]
    [InlineData(1.001)]
    [InlineData(1.9)]
    public void By_norm_scales_from_just_above_the_maximum_on(double ratio)
    {
        (_, double[] gradients) = Step(GradientClipping.ByNorm(1000));
        double norm = Math.Sqrt(gradients.Sum(g => g * g));
        (double[] steps, _) = Step(GradientClipping.ByNorm(norm / ratio));
        Assert.Equal(Math.Min(norm, norm / ratio), Math.Sqrt(steps.Sum(s => s * s)), 1e-13);
    }

    [Theory]
    [InlineData(1e200, 1.0)]
    [InlineData(1.7e308, 1.0)]
    [InlineData(1e-200, 1e-250)]
    [InlineData(5e-324, 1e-323)]
    [InlineData(3e-170, 2e-170)]
    public void A_gradient_of_any_size_has_a_norm(double size, double maximum)
    {
        Parameter<double> parameter = new("p", Matrix<double>.Build.Dense(3, 7));
        Sgd<double> optimizer = new([parameter], 1) { Clipping = GradientClipping.ByNorm(maximum) };
        OptimizerTests.Feed(optimizer, parameter, Matrix<double>.Build.Dense(3, 7, size));
        double expected = Math.Min(size, maximum / Math.Sqrt(21));
        Assert.All(parameter.Value.Enumerate(), value => Assert.InRange(-value, expected * (1 - 1e-14), (expected * (1 + 1e-14)) + 1e-323));
    }

    [Fact]
    public void A_gradient_that_no_factor_brings_to_the_maximum_is_refused()
    {
        Parameter<double> parameter = new("p", Matrix<double>.Build.Dense(1, 2));
        Sgd<double> optimizer = new([parameter], 1) { Clipping = GradientClipping.ByNorm(1e-100) };
        NotFiniteNumberException error = Assert.Throws<NotFiniteNumberException>(() => OptimizerTests.Feed(optimizer, parameter, Matrix<double>.Build.Dense(1, 2, 1e300)));
        Assert.Contains("too large to be brought to the norm 1E-100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maximum_that_is_zero_in_float_is_refused()
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(1, 1));
        Sgd<float> optimizer = new([parameter], 1);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Clipping = GradientClipping.ByValue(1e-60));
        Assert.Contains("0 in Single: nothing would move", error.Message, StringComparison.Ordinal);
    }

    /// <summary>One step of plain descent at rate 1 from zero, on two parameters; the tape's gradients must be the same before and after.</summary>
    private static (double[] Steps, double[] Gradients) Step(GradientClipping clipping)
    {
        Parameter<double> a = new("a", Matrix<double>.Build.Dense(3, 3)), b = new("b", Matrix<double>.Build.Dense(1, 2));
        Sgd<double> optimizer = new([a, b], 1) { Clipping = clipping };
        using Tape<double> tape = new();
        Variable<double> slopeA = tape.Constant(Matrix<double>.Build.Dense(3, 3, (i, j) => i - (0.5 * j))), slopeB = tape.Constant(Matrix<double>.Build.Dense(1, 2, 2.0));
        Gradients<double> gradients = tape.Gradients((tape.Parameter(a) * slopeA).Sum() + (tape.Parameter(b) * slopeB).Sum(), [a, b]);
        double[] before = [.. gradients[0].Value.Enumerate(), .. gradients[1].Value.Enumerate()];
        optimizer.Step(gradients);
        Assert.Equal(before, gradients[0].Value.Enumerate().Concat(gradients[1].Value.Enumerate()));
        return ([.. a.Value.Enumerate(), .. b.Value.Enumerate()], before);
    }
}
