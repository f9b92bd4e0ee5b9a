using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class DerivativesTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void The_jacobian_of_a_linear_map_is_its_matrix()
    {
        using Tape<double> tape = new();
        Matrix<double> a = M.Dense(3, 2, (i, j) => i - (2 * j));
        Variable<double> x = tape.Variable(M.Dense(2, 1, 1.0));
        Assert.Equal(a, Derivatives.Jacobian(tape.Constant(a).MatMul(x), x));
    }

    [Fact]
    public void The_jacobian_counts_the_entries_of_both_down_their_columns()
    {
        // Y = A·X: the derivative of Y[i, j] by X[k, l] is A[i, k] where j = l.
        using Tape<double> tape = new();
        Matrix<double> a = M.Dense(3, 2, (i, j) => 1 + i - (3 * j));
        Variable<double> x = tape.Variable(M.Dense(2, 4, 1.0));
        Matrix<double> expected = M.Dense(12, 8, (row, column) => row / 3 == column / 2 ? a[row % 3, column % 2] : 0);
        Assert.Equal(expected, Derivatives.Jacobian(tape.Constant(a).MatMul(x), x));
    }

    [Fact]
    public void The_hessian_of_a_quadratic_form_is_its_symmetric_part()
    {
        using Tape<double> tape = new();
        Matrix<double> a = M.Dense(3, 3, (i, j) => i + (j * j));
        Variable<double> x = tape.Variable(M.Dense(3, 1, 0.5));
        Variable<double> form = x.MatMul(tape.Constant(a).MatMul(x), transposeA: true);
        Assert.True((a + a.Transpose()).AlmostEqual(Derivatives.Hessian(form, x), 1e-14));
        Matrix<double> v = M.Dense(3, 1, [1, -2, 3]);
        Assert.True(((a + a.Transpose()) * v).AlmostEqual(Derivatives.HessianVectorProduct(form, x, tape.Constant(v)).Value, 1e-13));
    }

    [Fact]
    public void Transposed_products_have_the_same_gradients_as_products_of_transposes()
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Variable(M.Dense(3, 4, (i, j) => i - (0.3 * j))), b = tape.Variable(M.Dense(5, 3, (i, j) => (0.2 * i) + j));
        Variable<double> weights = tape.Constant(M.Dense(4, 5, (i, j) => 1 + (i * j)));
        Gradients<double> direct = tape.Gradients((a.MatMul(b, transposeA: true, transposeB: true) * weights).Sum(), [a, b]);
        Gradients<double> made = tape.Gradients((a.Transpose().MatMul(b.Transpose()) * weights).Sum(), [a, b]);
        Assert.True(direct[a].Value.AlmostEqual(made[a].Value, 1e-12));
        Assert.True(direct[b].Value.AlmostEqual(made[b].Value, 1e-12));
    }
}
