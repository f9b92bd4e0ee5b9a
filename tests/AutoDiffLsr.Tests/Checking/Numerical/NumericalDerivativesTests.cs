using AutoDiffLsr.Checking;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking.Numerical;

public sealed class NumericalDerivativesTests
{
    [Fact]
    public void A_gradient_is_right_to_twelve_digits_and_its_error_says_so()
    {
        NumericalGradient g = NumericalGradient.Of(x => (x[0] * Math.Exp(x[1])) + Math.Sin(100 * x[2]), [2, 0.5, 0.01]);
        double[] expected = [Math.Exp(0.5), 2 * Math.Exp(0.5), 100 * Math.Cos(1)];
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(Math.Abs(g.Value[i] - expected[i]), 0, 1e-11 * (1 + Math.Abs(expected[i])));
            Assert.InRange(g.Error[i], Math.Abs(g.Value[i] - expected[i]), 1e-9 * (1 + Math.Abs(expected[i])));
        }
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e-6)]
    [InlineData(-3e4)]
    public void Large_and_small_inputs_move_in_proportion(double x)
    {
        NumericalGradient g = NumericalGradient.Of(v => v[0] * v[0], [x]);
        Assert.InRange(Math.Abs(g.Value[0] - (2 * x)), 0, Math.Max(g.Error[0], 1e-300));
        Assert.InRange(g.Error[0], 0, 1e-8 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void The_error_covers_the_difference_at_random_points()
    {
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            double[] x = [(6 * random.NextDouble()) - 3, (6 * random.NextDouble()) - 3];
            NumericalGradient g = NumericalGradient.Of(v => Math.Tanh(v[0] * v[1]) + Math.Exp(-v[0] * v[0]), x);
            double slope = 1 - Math.Pow(Math.Tanh(x[0] * x[1]), 2);
            double[] expected = [(slope * x[1]) - (2 * x[0] * Math.Exp(-x[0] * x[0])), slope * x[0]];
            for (int i = 0; i < 2; i++)
                Assert.InRange(Math.Abs(g.Value[i] - expected[i]), 0, 3 * g.Error[i]);
        }
    }

    [Fact]
    public void A_jacobian_has_a_row_for_each_output()
    {
        NumericalJacobian j = NumericalJacobian.Of(x => [x[0] * x[1], Math.Sin(x[0]), x[2]], [2.0, 3, -1]);
        Matrix<double> expected = Matrix<double>.Build.DenseOfArray(new[,] { { 3, 2.0, 0 }, { Math.Cos(2), 0, 0 }, { 0, 0, 1 } });
        Assert.InRange((j.Value - expected).InfinityNorm(), 0, 1e-11);
        Assert.InRange(j.Error.InfinityNorm(), 1e-18, 1e-9);
        NumericalJacobian ofVector = NumericalJacobian.Of(x => 2 * x, Vector<double>.Build.Dense([1.0, 2]));
        Assert.InRange((ofVector.Value - (2 * Matrix<double>.Build.DenseIdentity(2))).InfinityNorm(), 0, 1e-11);
    }

    [Fact]
    public void A_hessian_is_symmetric_and_right_within_its_error()
    {
        static double Function(double[] x) => (x[0] * x[0] * x[1]) + Math.Exp(x[1] * x[2]);
        double[] at = [1.5, -0.5, 2];
        double e = Math.Exp(-1);
        Matrix<double> expected = Matrix<double>.Build.DenseOfArray(new[,] { { -1, 3, 0 }, { 3, 4 * e, e * (1 - 1) }, { 0, e * (1 - 1), 0.25 * e } });
        NumericalHessian h = NumericalHessian.Of(Function, at);
        Assert.Equal(0, (h.Value - h.Value.Transpose()).InfinityNorm());
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                Assert.InRange(Math.Abs(h.Value[i, k] - expected[i, k]), 0, 3 * h.Error[i, k]);
                Assert.InRange(h.Error[i, k], 0, 1e-7);
            }
        }

        Vector<double> v = Vector<double>.Build.Dense([300.0, 0.001]);
        NumericalHessian scaled = NumericalHessian.Of(x => x[0] * x[0] * x[1], v);
        Assert.InRange(Math.Abs(scaled.Value[0, 1] - 600), 0, 1e-4);
        Assert.InRange(Math.Abs(scaled.Value[0, 0] - 0.002), 0, 3 * scaled.Error[0, 0]);
    }

    [Fact]
    public void At_a_kink_the_error_is_half_of_the_gap_and_at_a_jump_infinite()
    {
        NumericalGradient kink = NumericalGradient.Of(x => Math.Max(0, x[0]) + x[1], [0.0, 1]);
        Assert.InRange(kink.Error[0], 0.49, 0.51);
        Assert.InRange(kink.Error[1], 0, 1e-9);
        Assert.Equal(double.PositiveInfinity, NumericalGradient.Of(x => Math.Floor(x[0]), [2.0]).Error[0]);
        NumericalGradient edge = NumericalGradient.Of(x => Math.Sqrt(x[0]), [0.0]);
        Assert.Equal(double.NaN, edge.Value[0]);
        Assert.Equal(double.PositiveInfinity, edge.Error[0]);
        Assert.InRange(NumericalHessian.Of(x => Math.Abs(x[0]), [0.0]).Error[0, 0], 1, double.PositiveInfinity);
    }

    [Fact]
    public void The_function_gets_a_copy_and_arguments_are_checked()
    {
        double[] at = [1, 2];
        NumericalGradient.Of(
            x =>
            {
                double value = x[0] * x[1];
                x[0] = double.NaN;
                return value;
            },
            at);
        Assert.Equal([1.0, 2], at);
        Assert.Equal("function", Assert.Throws<ArgumentNullException>(() => NumericalGradient.Of(null!, at)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentNullException>(() => NumericalHessian.Of(x => 1, (double[])null!)).ParamName);
        foreach (double step in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Equal("step", Assert.Throws<ArgumentOutOfRangeException>(() => NumericalGradient.Of(x => x[0], at, step)).ParamName);
            Assert.Equal("step", Assert.Throws<ArgumentOutOfRangeException>(() => NumericalJacobian.Of(x => x, at, step)).ParamName);
            Assert.Equal("step", Assert.Throws<ArgumentOutOfRangeException>(() => NumericalHessian.Of(x => x[0], at, step)).ParamName);
        }
    }
}
