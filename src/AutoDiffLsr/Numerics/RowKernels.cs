using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Softmax and its relatives over the rows of a column-major matrix. Memory is read column by column; each row keeps a running maximum and a
/// running sum (in double). Optionally one entry of each row, its label, is left out.
/// </summary>
internal static class RowKernels
{
    /// <summary>y[r] = ln Σ exp x[r, c] over the columns c, shifted by the row's maximum so that nothing overflows.</summary>
    public static void LogSumExp<T>(Matrix<T> x, int[]? leftOut, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using RowScratch<T> scratch = new(x.RowCount);
        ShiftsAndSums(x, leftOut, scratch, exponentials: null);
        for (int row = 0; row < y.Length; row++)
            y[row] = T.CreateTruncating(double.CreateTruncating(scratch.Shift[row]) + Math.Log(scratch.Sum[row]));
    }

    /// <summary>y[r, c] = exp x[r, c] / Σ exp x[r, ·]; the entry that is left out is 0.</summary>
    public static void Softmax<T>(Matrix<T> x, int[]? leftOut, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using RowScratch<T> scratch = new(x.RowCount);
        ShiftsAndSums(x, leftOut, scratch, y.Data());
        Span<T> scale = scratch.Column;
        for (int row = 0; row < scale.Length; row++)
            scale[row] = T.CreateTruncating(1 / scratch.Sum[row]);
        T[] data = y.Data();
        for (int start = 0; start < data.Length; start += scale.Length)
            TensorPrimitives.Multiply(data.AsSpan(start, scale.Length), scale, data.AsSpan(start, scale.Length));
    }

    /// <summary>y = x - logsumexp x, row by row.</summary>
    public static void LogSoftmax<T>(Matrix<T> x, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        using RowScratch<T> scratch = new(x.RowCount);
        ShiftsAndSums(x, leftOut: null, scratch, exponentials: null);
        Span<T> logSum = scratch.Column;
        for (int row = 0; row < logSum.Length; row++)
            logSum[row] = T.CreateTruncating(Math.Log(scratch.Sum[row]));
        T[] from = x.Data(), to = y.Data();
        int rows = logSum.Length;
        for (int start = 0; start < to.Length; start += rows)
        {
            // The shift is subtracted first: x - max is exact where it matters, x - (max + ln sum) would round twice.
            Span<T> target = to.AsSpan(start, rows);
            TensorPrimitives.Subtract(from.AsSpan(start, rows), scratch.Shift, target);
            TensorPrimitives.Subtract(target, logSum, target);
        }
    }

    /// <summary>
    /// For each row the shift (its maximum, or 0 where that is not finite) and the sum of exp(x - shift); on request the exponentials themselves.
    /// </summary>
    public static void ShiftsAndSums<T>(Matrix<T> x, int[]? leftOut, RowScratch<T> scratch, T[]? exponentials)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = x.RowCount, columns = x.ColumnCount;
        T[] data = x.Data();
        Span<T> column = scratch.Column, shift = scratch.Shift;
        shift.Fill(T.NegativeInfinity);
        for (int c = 0; c < columns; c++)
            TensorPrimitives.Max(shift, Entries(data, rows, c, leftOut, column), shift);
        for (int row = 0; row < rows; row++)
            shift[row] = T.IsFinite(shift[row]) ? shift[row] : T.Zero;

        scratch.Sum.Clear();
        for (int c = 0; c < columns; c++)
        {
            TensorPrimitives.Subtract(Entries(data, rows, c, leftOut, column), shift, column);
            Functions.Exp(column, column);
            if (exponentials is not null)
                column.CopyTo(exponentials.AsSpan(c * rows));
            for (int row = 0; row < rows; row++)
                scratch.Sum[row] += double.CreateTruncating(column[row]);
        }
    }

    /// <summary>A column of x, in which the entries that are left out are -infinity.</summary>
    private static ReadOnlySpan<T> Entries<T>(T[] data, int rows, int column, int[]? leftOut, Span<T> copy)
        where T : struct, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = data.AsSpan(column * rows, rows);
        if (leftOut is null || !leftOut.AsSpan(0, rows).Contains(column))
            return source;
        source.CopyTo(copy);
        for (int row = 0; row < rows; row++)
        {
            if (leftOut[row] == column)
                copy[row] = T.NegativeInfinity;
        }

        return copy;
    }
}
