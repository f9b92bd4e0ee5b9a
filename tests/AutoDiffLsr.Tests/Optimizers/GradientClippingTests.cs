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
    [InlineData(true)]
    [InlineData(false)]
    public void NaN_stays_NaN(bool byNorm)
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(4, 5));
        Sgd<float> optimizer = new([parameter], 1) { Clipping = byNorm ? GradientClipping.ByNorm(1) : GradientClipping.ByValue(1) };
        OptimizerTests.Feed(optimizer, parameter, Matrix<float>.Build.Dense(4, 5, float.NaN));
        Assert.All(parameter.Value.Enumerate(), value => Assert.True(float.IsNaN(value)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void A_maximum_that_is_not_positive_is_refused(double maximum)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(maximum));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(maximum));
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
