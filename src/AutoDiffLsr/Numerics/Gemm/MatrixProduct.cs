using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Products of whole dense matrices, through the one door of all products.</summary>
internal static class MatrixProduct
{
    /// <summary>Y = op(A)·op(B).</summary>
    public static void Multiply<T>(bool transposeA, bool transposeB, Matrix<T> a, Matrix<T> b, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T> =>
        Products.Multiply<T>(
            transposeA,
            transposeB,
            y.RowCount,
            y.ColumnCount,
            transposeA ? a.RowCount : a.ColumnCount,
            T.One,
            a.Data(),
            a.RowCount,
            b.Data(),
            b.RowCount,
            T.Zero,
            y.Data(),
            y.RowCount);
}
