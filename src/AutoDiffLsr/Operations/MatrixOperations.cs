using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Operations;

/// <summary>The product of matrices, and the transpose.</summary>
public static class MatrixOperations
{
    extension<T>(Variable<T> a)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>Y = A·B, where either side may be taken transposed without making the transpose.  dA = dY·Bᵀ,  dB = Aᵀ·dY</summary>
        /// <exception cref="ArgumentException">The inner sides differ.</exception>
        public Variable<T> MatMul(Variable<T> b, bool transposeA = false, bool transposeB = false) => Operation.Binary(
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

        /// <summary>Y = A·B, where B is a constant.  dA = dY·Bᵀ</summary>
        /// <exception cref="ArgumentException">The inner sides differ.</exception>
        public Variable<T> MatMul(Matrix<T> b) => a.MatMul(a.Tape.Constant(b));

        /// <summary>y = Σ a·b over all entries of two matrices of one shape, 1x1.  da = b·dy,  db = a·dy</summary>
        /// <exception cref="ArgumentException">The shapes differ.</exception>
        public Variable<T> Dot(Variable<T> b) => a.Shape == b.Shape ? (a * b).Sum() : throw new ArgumentException($"'dot' of {a.Shape} and {b.Shape}: the shapes must be equal.");

        /// <summary>Y[i, j] = a[i]·b[j] of all entries of two matrices, column by column: N x M for columns or rows of N and M.  da = dY·b,  db = dYᵀ·a</summary>
        public Variable<T> Outer(Variable<T> b) => a.Reshape(a.Shape.Count, 1).MatMul(b.Reshape(b.Shape.Count, 1), transposeB: true);

        /// <summary>Y = Aᵀ.  dA = dYᵀ</summary>
        public Variable<T> Transpose() => Operation.Unary(
            "transpose", a, a.Shape.Transposed, static (a, y) => a.Transpose(y), static (a, y, dy) => dy.Transpose());
    }

    private static Shape ShapeOfProduct(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        Shape left = transposeA ? a.Transposed : a, right = transposeB ? b.Transposed : b;
        return left.Columns == right.Rows ? new Shape(left.Rows, right.Columns) : throw new ArgumentException(
            $"'matmul' of {a}{(transposeA ? " transposed" : "")} and {b}{(transposeB ? " transposed" : "")}: "
            + $"the first has {left.Columns} columns, the second {right.Rows} rows; they must be equal.");
    }
}
