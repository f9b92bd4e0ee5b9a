using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>One entry of each row, chosen by the row's label; a label that is no column is passed over.</summary>
internal static class LabelKernels
{
    public static void Gather<T>(Matrix<T> x, int[] labels, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] from = x.Data();
        for (int row = 0; row < y.Length; row++)
            y[row] = (uint)labels[row] < (uint)x.ColumnCount ? from[(labels[row] * y.Length) + row] : T.Zero;
    }

    /// <summary>y = x times a factor for each row, or for all; 0 in rows of weight 0, whatever x is there.</summary>
    public static void ScaleRows<T>(Matrix<T> x, Matrix<T> factors, Matrix<T> weights, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] from = x.Data(), to = y.Data(), factor = factors.Data(), weight = weights.Data();
        int rows = weight.Length;
        for (int start = 0; start < to.Length; start += rows)
        {
            for (int row = 0; row < rows; row++)
                to[start + row] = weight[row] == T.Zero ? T.Zero : from[start + row] * factor[factor.Length == 1 ? 0 : row];
        }
    }

    public static void Scatter<T>(ReadOnlySpan<T> x, int[] labels, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] to = y.Data();
        to.AsSpan().Clear();
        for (int row = 0; row < x.Length; row++)
        {
            if ((uint)labels[row] < (uint)y.ColumnCount)
                to[(labels[row] * x.Length) + row] = x[row];
        }
    }
}
