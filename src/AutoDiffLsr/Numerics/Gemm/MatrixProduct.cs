using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Products of whole dense matrices, by calling <see cref="Products"/>.</summary>
internal static class MatrixProduct
{
    /// <summary>Y = op(A)·op(B).</summary>
    public static void Multiply<T>(bool transposeA, bool transposeB, Matrix<T> a, Matrix<T> b, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T> =>
        Products.Multiply(T.One, MatrixOperand<T>.Of(a, transposeA), MatrixOperand<T>.Of(b, transposeB), T.Zero, MatrixResult<T>.Of(y));
}
