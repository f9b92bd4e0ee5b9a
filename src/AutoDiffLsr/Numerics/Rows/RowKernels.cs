using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Softmax and its relatives over the rows of a column-major matrix: shifted by the row's largest entry, so that nothing overflows. Optionally one entry
/// of each row, its label, is left out.
/// </summary>
internal static class RowKernels
{
    /// <summary>y[r] = ln Σ exp x[r, c] over the columns c.</summary>
    public static void LogSumExp<T>(Matrix<T> x, int[]? leftOut, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using PaddedRows<T> padded = new(x);
        using RowChunk<T> chunk = padded.Chunk(leftOut);
        chunk.Exponentiate(kept: default);
        for (int row = 0; row < y.Length; row++)
            y[row] = T.CreateTruncating(double.CreateTruncating(chunk.Shift[row]) + Math.Log(chunk.Sum[row]));
    }

    /// <summary>y[r, c] = exp x[r, c] / Σ exp x[r, ·]; the entry that is left out is 0.</summary>
    public static void Softmax<T>(Matrix<T> x, int[]? leftOut, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using PaddedRows<T> padded = new(x);
        using PaddedRows<T> result = new(y);
        using RowChunk<T> chunk = padded.Chunk(leftOut);
        chunk.Exponentiate(chunk.CanKeep ? result.Data : default);
        for (int row = 0; row < chunk.Sum.Length; row++)
            chunk.Factor[row] = T.CreateTruncating(1 / chunk.Sum[row]);
        chunk.Offset.Clear();
        chunk.Own.Clear();
        chunk.Scale(result.Data, chunk.CanKeep, leftOut);
        result.CopyBack(y);
    }

    /// <summary>y = x - logsumexp x, row by row.</summary>
    public static void LogSoftmax<T>(Matrix<T> x, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using PaddedRows<T> padded = new(x);
        using RowChunk<T> chunk = padded.Chunk(leftOut: null);
        chunk.Exponentiate(kept: default);
        int rows = x.RowCount;
        Span<T> logSum = chunk.Factor[..rows], shift = chunk.Shift[..rows];
        for (int row = 0; row < rows; row++)
            logSum[row] = T.CreateTruncating(Math.Log(chunk.Sum[row]));
        T[] from = x.Data(), to = y.Data();
        for (int start = 0; start < to.Length; start += rows)
        {
            // The shift is subtracted first: x - max is exact where it matters, x - (max + ln sum) would round twice.
            Span<T> target = to.AsSpan(start, rows);
            TensorPrimitives.Subtract(from.AsSpan(start, rows), shift, target);
            TensorPrimitives.Subtract(target, logSum, target);
        }
    }
}
