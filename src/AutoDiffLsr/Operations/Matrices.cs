using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>The product of matrices, and the transpose.</summary>
public static class Matrices
{
    /// <summary>Y = A·B, where either side may be taken transposed without making the transpose.  dA = dY·Bᵀ,  dB = Aᵀ·dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="a">M x K; or K x M, taken transposed.</param>
    /// <param name="b">K x N; or N x K, taken transposed.</param>
    /// <param name="transposeA">Whether A is taken transposed.</param>
    /// <param name="transposeB">Whether B is taken transposed.</param>
    /// <returns>M x N.</returns>
    /// <exception cref="ArgumentException">The inner sides differ.</exception>
    public static Variable<T> MatMul<T>(this Variable<T> a, Variable<T> b, bool transposeA = false, bool transposeB = false)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Binary(
            "matmul",
            a,
            b,
            ShapeOfProduct(a.Shape, b.Shape, transposeA, transposeB),
            (A: transposeA, B: transposeB),
            forward: static (a, b, y, transpose) => MatrixProduct.Multiply(transpose.A, transpose.B, a, b, y),
            vjpA: static (a, b, y, dy, transpose) => transpose.A
                ? b.MatMul(dy, transposeA: transpose.B, transposeB: true)
                : dy.MatMul(b, transposeB: !transpose.B),
            vjpB: static (a, b, y, dy, transpose) => transpose.B
                ? dy.MatMul(a, transposeA: true, transposeB: transpose.A)
                : a.MatMul(dy, transposeA: !transpose.A));

    /// <summary>Y = Xᵀ.  dX = dYᵀ</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input, M x N.</param>
    /// <returns>N x M.</returns>
    public static Variable<T> Transpose<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "transpose",
            x,
            x.Shape.Transposed,
            forward: static (x, y) => x.Transpose(y),
            vjp: static (x, y, dy) => dy.Transpose());

    private static Shape ShapeOfProduct(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        Shape left = transposeA ? a.Transposed : a, right = transposeB ? b.Transposed : b;
        return left.Columns == right.Rows ? new Shape(left.Rows, right.Columns) : throw new ArgumentException(
            $"'matmul' of {a}{(transposeA ? " transposed" : "")} and {b}{(transposeB ? " transposed" : "")}: "
            + $"the first has {left.Columns} columns, the second {right.Rows} rows; they must be equal.");
    }
}
