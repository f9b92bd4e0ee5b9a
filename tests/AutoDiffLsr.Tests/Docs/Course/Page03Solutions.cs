using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/03-matrices-and-broadcasting.md.</summary>
public sealed class Page03Solutions
{
    private static readonly Matrix<double> A = Matrix<double>.Build.Dense(2, 3, (i, j) => i + (0.5 * j));

    /// <summary>Y[j, i] is A[i, j], so dA[i, j] = dY[j, i]. The sum has every entry once, so each entry of dA is dY.</summary>
    [Fact]
    public void The_transpose_passes_on_the_transpose_and_a_sum_repeats()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(A);
        Matrix<double> dY = Matrix<double>.Build.Dense(3, 2, (i, j) => 1 + i + (10 * j));
        Assert.Equal(dY.Transpose(), tape.Gradient(a.Transpose(), a, cotangent: tape.Constant(dY)).Value);
        Assert.Equal(Matrix<double>.Build.Dense(2, 3, 7), tape.Gradient(a.Sum(), a, cotangent: tape.Constant(7)).Value);
    }

    /// <summary>a[i] is in Y[i, j] for every j with the factor b[j], so da[i] is the sum of dY[i, j]·b[j] over j.</summary>
    [Fact]
    public void A_broadcast_product_sums_over_the_side_that_was_repeated()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(Matrix<double>.Build.Dense(3, 1, (i, _) => i + 1)), b = tape.Variable(Matrix<double>.Build.Dense(1, 4, (_, j) => j - 2));
        Matrix<double> dY = Matrix<double>.Build.Dense(3, 4, (i, j) => (2 * i) + j);
        Variable<double> y = a * b;
        Assert.Equal(new Shape(3, 4), y.Shape);
        Assert.Equal(dY * b.Value.Transpose(), tape.Gradient(y, a, cotangent: tape.Constant(dY)).Value);
    }

    [Fact]
    public void Square_shapes_hide_a_wrong_product_and_a_check_does_not()
    {
        Matrix<double> a = Matrix<double>.Build.Dense(2, 2, [1, 2, 3, 4]), b = Matrix<double>.Build.Dense(2, 2, [0.5, -1, 2, 1]);
        Assert.True(GradientCheck.Check((a, b) => Product(a, b, (dy, b) => dy.MatMul(b.Transpose())), a, b).Passed);
        Assert.False(GradientCheck.Check((a, b) => Product(a, b, (dy, b) => dy.MatMul(b)), a, b).Passed);
        Assert.False(GradientCheck.Check((a, b) => Product(a, b, (dy, b) => b.MatMul(dy)), a, b).Passed);
    }

    private static Variable<double> Product(Variable<double> a, Variable<double> b, Func<Variable<double>, Variable<double>, Variable<double>> ruleOfA) => Operation.Binary(
        "product",
        a,
        b,
        new Shape(a.Rows, b.Columns),
        ruleOfA,
        forward: static (a, b, y, _) => a.Multiply(b, y),
        vjpA: static (a, b, y, dy, rule) => rule(dy, b),
        vjpB: static (a, b, y, dy, _) => a.Transpose().MatMul(dy));
}
