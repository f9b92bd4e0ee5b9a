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
        if (IsEmpty(x))
        {
            y.Fill(T.NegativeInfinity);
            return;
        }

        using PaddedRows<T> padded = new(x);
        using RowChunk<T> chunk = padded.Chunk(leftOut);
        chunk.Exponentiate(kept: default);
        for (int row = 0; row < y.Length; row++)
        {
            y[row] = T.CreateTruncating(InfiniteRow<T>.IsLikely(chunk.Sum[row])
                ? new InfiniteRow<T>(x.Data(), x.RowCount, x.ColumnCount, row, LeftOut(leftOut, row)).LogSumExp
                : double.CreateTruncating(chunk.Shift[row]) + Math.Log(chunk.Sum[row]));
        }
    }

    /// <summary>y[r] = x[r, label] - ln Σ exp x[r, c] over the other columns c, the difference made in double before it is rounded.</summary>
    public static void Margin<T>(Matrix<T> x, int[] labels, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using PaddedRows<T> padded = new(x);
        using RowChunk<T> chunk = padded.Chunk(labels);
        chunk.Exponentiate(kept: default);
        for (int row = 0; row < y.Length; row++)
        {
            double own = (uint)labels[row] < (uint)x.ColumnCount ? double.CreateTruncating(x.Data()[(labels[row] * x.RowCount) + row]) : 0;
            InfiniteRow<T> others = InfiniteRow<T>.IsLikely(chunk.Sum[row]) ? new(x.Data(), x.RowCount, x.ColumnCount, row, labels[row]) : default;
            y[row] = T.CreateTruncating(!InfiniteRow<T>.IsLikely(chunk.Sum[row]) ? own - double.CreateTruncating(chunk.Shift[row]) - Math.Log(chunk.Sum[row])
                : own == double.CreateTruncating(others.Largest) ? -Math.Log(others.Count)
                : own - others.LogSumExp);
        }
    }

    /// <summary>y[r, c] = exp x[r, c] / Σ exp x[r, ·]; the entry that is left out is 0.</summary>
    public static void Softmax<T>(Matrix<T> x, int[]? leftOut, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (IsEmpty(x))
            return;
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
        for (int row = 0; row < x.RowCount; row++)
        {
            if (!InfiniteRow<T>.IsLikely(chunk.Sum[row]))
                continue;
            InfiniteRow<T> infinite = new(x.Data(), x.RowCount, x.ColumnCount, row, LeftOut(leftOut, row));
            for (int column = 0; column < x.ColumnCount; column++)
                y.Data()[(column * x.RowCount) + row] = T.CreateTruncating(infinite.Probability(column));
        }
    }

    /// <summary>y = x - logsumexp x, row by row.</summary>
    public static void LogSoftmax<T>(Matrix<T> x, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (IsEmpty(x))
            return;
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

        for (int row = 0; row < rows; row++)
        {
            if (!InfiniteRow<T>.IsLikely(chunk.Sum[row]))
                continue;
            InfiniteRow<T> infinite = new(from, rows, x.ColumnCount, row, leftOut: -1);
            for (int column = 0; column < x.ColumnCount; column++)
                to[(column * rows) + row] = T.CreateTruncating(infinite.LogProbability(column));
        }
    }

    private static bool IsEmpty<T>(Matrix<T> x)
        where T : struct, IFloatingPointIeee754<T> => x.RowCount == 0 || x.ColumnCount == 0;

    private static int LeftOut(int[]? leftOut, int row) => leftOut is null ? -1 : leftOut[row];
}
