using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Values and gradients where numbers are infinite, nearly 0, or equal; each from the mathematics, and from PyTorch where that has it right.</summary>
public sealed class EdgeTests : IDisposable
{
    private const double Infinity = double.PositiveInfinity;

    private readonly Tape<double> tape = new();
    private readonly Tape<float> single = new();

    public void Dispose()
    {
        tape.Dispose();
        single.Dispose();
    }

    [Fact]
    public void A_rule_selects_and_lets_no_infinity_through()
    {
        Assert.Equal(0, Slope(-1, x => x.Clamp(0, 10).Sqrt()));
        Assert.Equal(0, Slope(-1, x => x.Maximum(tape.Constant(0.0)).Sqrt()));
        Assert.Equal(0, Slope(-1, x => tape.Constant(0.0).Maximum(x).Sqrt()));
        Assert.Equal(0, Slope(1, x => (-x.Minimum(tape.Constant(0.0))).Sqrt()));
        Assert.Equal(0, Slope(-1, x => x.Relu().Sqrt()));
        Assert.Equal(0, Slope(0, x => x.Abs().Sqrt()));
        Assert.Equal(0, Slope(-1, x => x.LeakyRelu(0).Sqrt()));
        Assert.Equal(0, Slope(3, x => x.WherePositive(tape.Constant(-1.0)).Sqrt()));
        Assert.Equal(-Infinity, Slope(1e-200, x => 1 / x.LeakyRelu()));
        Assert.Equal(-Infinity, Slope(-1e-200, x => 1 / x.LeakyRelu()));
        Assert.Equal(0.0, tape.Variable(One(-Infinity)).LeakyRelu(0).Scalar);
    }

    [Fact]
    public void A_choice_is_no_sum_that_could_overflow()
    {
        Variable<float> x = single.Variable(Matrix<float>.Build.Dense(1, 1, 3f)), cotangent = single.Constant(2e38f);
        Assert.Equal(2e38f, single.Gradient(x.Maximum(single.Constant(1f)), x, cotangent: cotangent).Scalar);
        Assert.Equal(1e38f, single.Gradient(x.Maximum(single.Constant(3f)), x, cotangent: cotangent).Scalar);
        Assert.Equal(2e38f, single.Gradient(x.Clamp(0, 10), x, cotangent: cotangent).Scalar);
        Assert.Equal(2e38f, single.Gradient(x.LeakyRelu(), x, cotangent: cotangent).Scalar);
    }

    [Theory]
    [InlineData(Infinity, Infinity, 0.5, 0.5)]
    [InlineData(-Infinity, -Infinity, 0.5, 0.5)]
    [InlineData(Infinity, 3, 1, 0)]
    [InlineData(-Infinity, 3, 0, 1)]
    public void Infinities_are_compared_as_numbers_are(double left, double right, double ofLeft, double ofRight)
    {
        Variable<double> a = tape.Variable(One(left)), b = tape.Variable(One(right));
        Gradients<double> larger = tape.Gradients(a.Maximum(b), [a, b]), smaller = tape.Gradients(a.Minimum(b), [a, b]);
        Assert.Equal((ofLeft, ofRight), (larger[a].Scalar, larger[b].Scalar));
        Assert.Equal((ofRight, ofLeft), (smaller[a].Scalar, smaller[b].Scalar));
    }

    [Theory]
    [InlineData(1e300, 1e90, 1e100, -1e220)]
    [InlineData(1e-320, 1e-160, 1e-170, -1e-170)]
    [InlineData(1e-300, 1e-200, 1e200, -1e300)]
    [InlineData(6, 3, 5, -10.0 / 3)]
    [InlineData(0, 2, 1, 0)]
    [InlineData(1, 0, 1, -Infinity)]
    public void The_slope_of_a_quotient_is_in_range_where_it_is(double a, double b, double dy, double expected)
    {
        foreach (int length in new[] { 1, 64 })
        {
            foreach (bool createGraph in new[] { false, true })
            {
                Variable<double> x = tape.Constant(Matrix<double>.Build.Dense(1, length, a)), y = tape.Variable(Matrix<double>.Build.Dense(1, length, b));
                Variable<double> slope = tape.Gradient(x / y, y, createGraph, tape.Constant(new Shape(1, length), dy)), byNumber = tape.Gradient(a / y, y, createGraph, tape.Constant(new Shape(1, length), dy));
                Assert.All(slope.Value.Enumerate().Concat(byNumber.Value.Enumerate()), actual => AssertClose(expected, actual, 1e-3));
            }
        }
    }

    [Fact]
    public void The_slope_of_a_quotient_is_in_range_in_float_too()
    {
        Variable<float> b = single.Variable(Matrix<float>.Build.Dense(40, 1, 1e10f));
        Assert.All(single.Gradient(single.Constant(new Shape(40, 1), 1e35f) / b, b, cotangent: single.Constant(new Shape(40, 1), 1e20f)).Value.Enumerate(), slope => AssertClose(-1e35, slope, 1e-6));
    }

    [Theory]
    [InlineData(1e-310, -0.5, 1e-300, -5e164)]
    [InlineData(-1e150, 4, 1e-200, -4e250)]
    [InlineData(1e200, 3, 1e-200, 3e200)]
    [InlineData(0, 1, 7, 7)]
    [InlineData(0, 2, 7, 0)]
    [InlineData(-2, 3, 1, 12)]
    public void The_slope_of_a_power_is_in_range_where_it_is(double at, double exponent, double dy, double expected)
    {
        Variable<double> x = tape.Variable(One(at));
        AssertClose(expected, tape.Gradient(x.Power(exponent), x, cotangent: tape.Constant(dy)).Scalar, 1e-12);
    }

    [Fact]
    public void Slopes_that_are_small_do_not_cancel()
    {
        AssertClose(4.248354255291589e-18, Slope(40, x => x.Sigmoid()), 1e-14);
        AssertClose(4.248354255291589e-18, Slope(-40, x => x.Sigmoid()), 1e-14);
        AssertClose(1.6993417021166355e-17, Slope(20, x => x.Tanh()), 1e-14);
        AssertClose(1.6993417021166355e-17, Slope(-20, x => x.Tanh()), 1e-14);
        AssertClose(4.248354255291589e-18, Curvature(40, x => x.Softplus()), 1e-14);
        AssertClose(-4.248354255291589e-18, Curvature(40, x => x.Sigmoid()), 1e-14);
        AssertClose(-3.398683404233271e-17, Curvature(20, x => x.Tanh()), 1e-14);
        Variable<float> x = single.Variable(Matrix<float>.Build.Dense(1, 1, 15f));
        AssertClose(3.059021341e-7, single.Gradient(x.Sigmoid(), x).Scalar, 1e-6);
        AssertClose(4.248354255291589e-18, Slope(40, z => BiasedOperations.Sigmoid(z, tape.Constant(0.0))), 1e-14);
        AssertClose(1.6993417021166355e-17, Slope(20, z => BiasedOperations.Tanh(z, tape.Constant(0.0))), 1e-14);
    }

    [Fact]
    public void A_softmax_that_is_nearly_sure_keeps_its_small_slopes()
    {
        Variable<double> z = Row(37.43, 0);
        double p = Math.Exp(-37.43);
        Assert.Equal(1.0, z.Softmax().Value[0, 0]);
        Matrix<double> ofLog = tape.Gradient(z.LogSoftmax().SliceColumns(0, 1), z).Value, ofSoftmax = tape.Gradient(z.Softmax().SliceColumns(0, 1), z).Value;
        AssertClose(p, ofLog[0, 0], 1e-14);
        AssertClose(-p, ofLog[0, 1], 1e-14);
        AssertClose(p, ofSoftmax[0, 0], 1e-14);
        AssertClose(-p, ofSoftmax[0, 1], 1e-14);
        Variable<double> gradient = tape.Gradient(z.LogSumExp(), z, createGraph: true);
        AssertClose(p, tape.Gradient(gradient.SliceColumns(0, 1), z).Value[0, 0], 1e-14);
    }

    [Theory]
    [InlineData(new[] { Infinity, 0.0, 1.0 }, Infinity, new[] { 1.0, 0, 0 })]
    [InlineData(new[] { -Infinity, 0.0, 0.0 }, 0.6931471805599453, new[] { 0, 0.5, 0.5 })]
    [InlineData(new[] { -Infinity, -Infinity, -Infinity }, -Infinity, new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData(new[] { Infinity, 5.0, Infinity }, Infinity, new[] { 0.5, 0, 0.5 })]
    [InlineData(new[] { Infinity, -Infinity, 0.0 }, Infinity, new[] { 1.0, 0, 0 })]
    public void Softmax_of_infinities_is_what_finite_ones_tend_to(double[] logits, double logSum, double[] softmax)
    {
        foreach (int rows in new[] { 1, 9, 40 })
        {
            tape.Reset();
            Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(rows, 3, (i, j) => i == rows / 2 ? logits[j] : i - j));
            int row = rows / 2;
            AssertClose(logSum, z.LogSumExp().Value[row, 0], 1e-15);
            AssertRow(softmax, z.Softmax(), row);
            AssertRow([.. softmax.Select(p => Math.Log(p))], z.LogSoftmax(), row);
            AssertRow(softmax, tape.Gradient(z.LogSumExp().Sum(), z), row);
            AssertRow(softmax, tape.Gradient(z.LogSumExp().Sum(), z, createGraph: true), row);
            Assert.All(z.Softmax().Value.RemoveRow(row).Enumerate(), p => Assert.InRange(p, 0.01, 1));
        }
    }

    [Fact]
    public void Nan_stays_nan_in_its_row()
    {
        Variable<double> z = tape.Variable(Matrix<double>.Build.Dense(2, 2, [double.NaN, 1, Infinity, 2]));
        foreach (Variable<double> y in new[] { z.LogSumExp(), z.Softmax(), z.LogSoftmax() })
        {
            Assert.All(y.Value.Row(0), number => Assert.Equal(double.NaN, number));
            Assert.All(y.Value.Row(1), number => Assert.True(double.IsFinite(number)));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Empty_matrices_are_reduced_to_what_they_hold(int rows, int columns)
    {
        Spoil();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(rows, columns));
        Assert.Equal(Matrix<double>.Build.Dense(rows, 1, -Infinity), x.LogSumExp().Value);
        Assert.Equal(Matrix<double>.Build.Dense(rows, 1), x.SumOverColumns().Value);
        Assert.Equal(Matrix<double>.Build.Dense(1, columns), x.SumOverRows().Value);
        Assert.Equal(0.0, x.Sum().Scalar);
        Assert.Equal(Matrix<double>.Build.Dense(rows, rows), x.MatMul(x, transposeB: true).Value);
        Assert.Equal(Matrix<double>.Build.Dense(columns, columns), x.MatMul(x, transposeA: true).Value);
        Assert.All(new[] { x.Softmax(), x.LogSoftmax(), x.Exp(), x + x, x.Relu(), x / 2 }, y => Assert.Equal(x.Shape, y.Shape));
        Assert.Equal(x.Shape, tape.Gradient(x.LogSumExp().Sum() + x.Square().Sum() + x.LogSoftmax().Sum(), x).Shape);
    }

    private static Matrix<double> One(double value) => Matrix<double>.Build.Dense(1, 1, value);

    private static void AssertClose(double expected, double actual, double tolerance) => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual:R} for {expected:R}");

    private static void AssertRow(double[] expected, Variable<double> actual, int row)
    {
        for (int j = 0; j < expected.Length; j++)
            AssertClose(expected[j], actual.Value[row, j], 1e-15);
    }

    private Variable<double> Row(params double[] values) => tape.Variable(Matrix<double>.Build.Dense(1, values.Length, values));

    private double Slope(double at, Func<Variable<double>, Variable<double>> f)
    {
        Variable<double> x = tape.Variable(One(at)), y = f(x);
        double plain = tape.Gradient(y, x).Scalar, recorded = tape.Gradient(y, x, createGraph: true).Scalar;
        Assert.Equal(plain, recorded);
        return plain;
    }

    private double Curvature(double at, Func<Variable<double>, Variable<double>> f)
    {
        Variable<double> x = tape.Variable(One(at));
        return tape.Gradient(tape.Gradient(f(x), x, createGraph: true), x).Scalar;
    }

    /// <summary>Fills the tape's free memory of small shapes with NaN.</summary>
    private void Spoil()
    {
        for (int rows = 0; rows < 4; rows++)
        {
            for (int columns = 0; columns < 4; columns++)
                _ = tape.Constant(new Shape(rows, columns), double.NaN) + tape.Constant(new Shape(rows, columns), double.NaN);
        }

        tape.Reset();
    }
}
