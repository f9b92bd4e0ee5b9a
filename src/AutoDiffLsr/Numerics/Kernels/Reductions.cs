using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Sums over the rows, the columns or all of a dense column-major matrix, and their opposite. Long sums are accumulated in double.</summary>
internal static class Reductions
{
    /// <summary>Sums x to the shape of y, whose sides are those of x or 1.</summary>
    public static void SumTo<T>(Matrix<T> x, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] from = x.Data(), to = y.Data();
        if (y.RowCount == x.RowCount)
            SumColumns(from, x.RowCount, to);
        else if (y.ColumnCount == x.ColumnCount)
            SumRows(from, x.RowCount, to);
        else
            to[0] = T.CreateTruncating(Sum<T>(from));
    }

    /// <summary>Fills y by repeating the sides of x that are 1.</summary>
    public static void Repeat<T>(Matrix<T> x, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] from = x.Data(), to = y.Data();
        int rows = y.RowCount;
        for (int column = 0; column < y.ColumnCount; column++)
        {
            int source = x.ColumnCount == 1 ? 0 : column;
            Span<T> target = to.AsSpan(column * rows, rows);
            if (x.RowCount == 1)
                target.Fill(from[source]);
            else
                from.AsSpan(source * rows, rows).CopyTo(target);
        }
    }

    /// <summary>The sum of all entries. Blocks are summed in T (pairwise lanes), the blocks in double.</summary>
    public static double Sum<T>(ReadOnlySpan<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        const int Block = 256;
        double sum = 0;
        for (; x.Length > Block; x = x[Block..])
            sum += double.CreateTruncating(TensorPrimitives.Sum(x[..Block]));
        return sum + double.CreateTruncating(TensorPrimitives.Sum(x));
    }

    /// <summary>y[c] = the sum of the c-th of equally long stretches: column c, or channel c of images.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, int rows, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < y.Length; column++)
            y[column] = T.CreateTruncating(Sum(x.Slice(column * rows, rows)));
    }

    /// <summary>y[r] = the sum of row r: rows x 1, column by column, so that memory is read in order.</summary>
    private static void SumColumns<T>(ReadOnlySpan<T> x, int rows, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        y.Clear();
        for (int start = 0; start < x.Length; start += rows)
            TensorPrimitives.Add(y, x.Slice(start, rows), y);
    }
}
