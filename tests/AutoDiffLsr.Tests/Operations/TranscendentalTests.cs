using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Transcendental functions and linear algebra at their edges. Values not derived beside a line are those of PyTorch 1.13 or of the mathematics.</summary>
public sealed class TranscendentalTests
{
    private const double Inf = double.PositiveInfinity;

    // expm1(x) = x + x²/2 + x³/6 + ... for small x.
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-17)]
    [InlineData(-3e-9)]
    [InlineData(2e-5)]
    [InlineData(-1e-3)]
    public void Expm1_keeps_its_digits_near_0(double x)
    {
        double expected = x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5))))))));
        Assert.InRange(Math.Abs(Value(v => v.Expm1(), x) - expected), 0, 4e-16 * Math.Abs(expected));
        Assert.Equal(Math.Exp(x), Slope(v => v.Expm1(), x), 1e-15);
    }

    [Fact]
    public void Expm1_has_its_limits()
    {
        Assert.Equal((-1, Inf, 0.0), (Value(v => v.Expm1(), -Inf), Value(v => v.Expm1(), Inf), Value(v => v.Expm1(), 0)));
        Assert.Equal(Math.Exp(-50), Slope(v => v.Expm1(), -50), 1e-36);
        Assert.Equal(double.NaN, Value(v => v.Expm1(), double.NaN));
    }

    [Fact]
    public void LogAddExp_of_infinities_is_the_limit_with_its_gradient()
    {
        Assert.Equal((Inf, 0.5, 0.5), Pair((a, b) => a.LogAddExp(b), Inf, Inf));
        Assert.Equal((-Inf, 0.5, 0.5), Pair((a, b) => a.LogAddExp(b), -Inf, -Inf));
        Assert.Equal((3, 1, 0), Pair((a, b) => a.LogAddExp(b), 3, -Inf));
        Assert.Equal((1000 + Math.Log(2), 0.5, 0.5), Pair((a, b) => a.LogAddExp(b), 1000, 1000));
        Assert.Equal((Inf, 1, 0), Pair((a, b) => a.LogAddExp(b), Inf, 5));
    }

    [Fact]
    public void Hypot_and_atan2_form_nothing_larger_than_their_results()
    {
        Assert.Equal((5e200, 0.6, 0.8), Rounded(Pair((a, b) => a.Hypot(b), 3e200, 4e200)));
        Assert.Equal((0, 0, 0), Pair((a, b) => a.Hypot(b), 0, 0));
        (double value, double da, double db) = Pair((a, b) => a.Atan2(b), 3e-200, 4e-200);
        Assert.Equal(Math.Atan2(3, 4), value, 1e-15);
        Assert.Equal((0.8 / 5e-200, -0.6 / 5e-200), (da, db), Close);
        Assert.Equal(0.8 / 5e200, Pair((a, b) => a.Atan2(b), 3e200, 4e200).A, 1e-214);
        Assert.Equal((Math.PI, 0.0), (Pair((a, b) => a.Atan2(b), 0, -1).Value, Pair((a, b) => a.Atan2(b), 0, -1).B));
    }

    // torch.pow(x, p) and its gradients.
    [Theory]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, 2, 0, 0, 0)]
    [InlineData(2, 0, 1, 0, 0.6931471805599453)]
    [InlineData(-2, 3, -8, 12, double.NaN)]
    [InlineData(0, 1, 0, 1, 0)]
    public void A_power_of_two_variables_has_the_conventions_of_PyTorch(double x, double p, double value, double dx, double dp) =>
        Assert.Equal((value, dx, dp), Pair((x, p) => x.Power(p), x, p));

    [Fact]
    public void Activations_have_their_limits()
    {
        Assert.Equal((0, 0), (Value(v => v.Silu(), -Inf), Value(v => v.HardSwish(), -Inf)));
        Assert.Equal((-1.5, 0), (Value(v => v.Elu(1.5), -Inf), Value(v => v.Mish(), -Inf)));
        Assert.Equal((0, -0.5, 1.5), (Slope(v => v.HardSwish(), -3.5), Slope(v => v.HardSwish(), -3), Slope(v => v.HardSwish(), 3)));
        Assert.Equal((1.5, 1), (Slope(v => v.Elu(1.5), 0), Slope(v => v.Elu(1.5), 700)));
        Assert.Equal(0, Slope(v => v.Silu(), -800), 1e-300);
    }

    [Fact]
    public void Asin_at_its_ends_is_infinite_and_erf_is_odd_and_exact_near_0()
    {
        Assert.Equal(Inf, Slope(v => v.Asin(), 1));
        Assert.Equal(-Inf, Slope(v => v.Acos(), -1));
        Assert.Equal(double.NaN, Value(v => v.Asin(), 1.5));
        Assert.Equal(2 / Math.Sqrt(Math.PI) * 1e-20, Value(v => v.Erf(), 1e-20), 1e-35);
        Assert.Equal(-Value(v => v.Erf(), 0.7), Value(v => v.Erf(), -0.7));
    }

    [Fact]
    public void Matrices_that_have_no_inverse_or_factor_are_refused()
    {
        using Tape<double> tape = new();
        Variable<double> singular = tape.Constant(Matrix<double>.Build.Dense(2, 2, 1)), wide = tape.Constant(Matrix<double>.Build.Dense(2, 3, 1));
        AssertRefused(() => singular.Inverse(), "'inverse': the matrix is singular");
        AssertRefused(() => singular.Solve(singular), "'solve': the matrix is singular");
        AssertRefused(() => singular.LogDeterminant(), "'log-determinant': the matrix is singular");
        AssertRefused(() => (-singular).Cholesky(), "'cholesky': the matrix is not positive definite.");
        AssertRefused(() => wide.Determinant(), "'determinant' of 2x3: the matrix must be square.");
        AssertRefused(() => wide.Qr(), "'qr' of 2x3: it takes at least as many rows as columns.");
        AssertRefused(() => singular.Qr(), "'qr': column 1 depends on those before it within rounding");
        AssertRefused(() => singular.Solve(wide.Transpose()), "'solve' of 2x2 and 3x2: they must have the same number of rows.");
        AssertRefused(() => (double.NaN * singular).Inverse(), "is singular, or has NaN");
        Assert.Equal(0, singular.Determinant().Scalar);
    }

    [Fact]
    public void A_determinant_that_overflows_has_a_logarithm()
    {
        using Tape<double> tape = new();
        Variable<double> large = tape.Variable(1e200 * Matrix<double>.Build.DenseIdentity(3));
        Assert.Equal(3 * Math.Log(1e200), large.LogDeterminant().Scalar, 1e-10);
        Assert.Equal(1e-200, tape.Gradient(large.LogDeterminant(), large).Value[1, 1], 1e-213);
        Assert.Equal(Math.Log(6), (-tape.Constant(Matrix<double>.Build.DenseOfDiagonalArray([2.0, 3.0]))).LogDeterminant().Scalar, 1e-15);
    }

    [Fact]
    public void Eigenvalues_come_in_order_with_their_vectors()
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Constant(Matrix<double>.Build.DenseOfDiagonalArray([3.0, -1.0, 2.0]));
        Assert.Equal([-1.0, 2, 3], a.SymmetricEigenvalues().Value.ToColumnMajorArray());
        Assert.Equal([0.0, 1, 0, 0, 0, 1, 1, 0, 0], a.SymmetricEigenvectors().Value.ToColumnMajorArray());
    }

    private static bool Close((double A, double B) expected, (double A, double B) actual) =>
        Math.Abs(expected.A - actual.A) <= 1e-14 * Math.Abs(expected.A) && Math.Abs(expected.B - actual.B) <= 1e-14 * Math.Abs(expected.B);

    private static (double Value, double A, double B) Rounded((double Value, double A, double B) result) =>
        (double.Parse($"{result.Value:E12}", System.Globalization.CultureInfo.InvariantCulture), Math.Round(result.A, 14), Math.Round(result.B, 14));

    private static void AssertRefused(Action action, string reason) => Assert.Contains(reason, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static double Value(Func<Variable<double>, Variable<double>> f, double x)
    {
        using Tape<double> tape = new();
        return f(tape.Constant(x)).Scalar;
    }

    private static double Slope(Func<Variable<double>, Variable<double>> f, double x)
    {
        using Tape<double> tape = new();
        Variable<double> v = tape.Variable(Matrix<double>.Build.Dense(1, 1, x));
        return tape.Gradient(f(v), v).Scalar;
    }

    private static (double Value, double A, double B) Pair(Func<Variable<double>, Variable<double>, Variable<double>> f, double a, double b)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(1, 1, a)), y = tape.Variable(Matrix<double>.Build.Dense(1, 1, b)), value = f(x, y);
        return (value.Scalar, tape.Gradient(value, x).Scalar, tape.Gradient(value, y).Scalar);
    }
}
