using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Columns of a D x V table by index: y[n, l·D + d] = table[d, index(n, l)], and its transpose.</summary>
internal static class TableKernels
{
    /// <summary>Refuses what is no index of a column of the table.</summary>
    public static void Check<T>(ReadOnlySpan<T> indices, int rows, int count)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < indices.Length; i++)
        {
            T index = indices[i];
            if (!(index >= T.Zero && index < T.CreateTruncating(count) && T.IsInteger(index)))
                throw new ArgumentException($"The index in row {i % rows}, column {i / rows} is {index}; it must be a whole number from 0 to {count - 1}.", nameof(indices));
        }
    }

    public static void LookUp<T>(ReadOnlySpan<T> table, ReadOnlySpan<T> indices, Span<T> y, int rows, int width)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < indices.Length; i++)
        {
            (int place, int row) = Math.DivRem(i, rows);
            ReadOnlySpan<T> vector = table.Slice(int.CreateTruncating(indices[i]) * width, width);
            for (int d = 0; d < width; d++)
                y[(((place * width) + d) * rows) + row] = vector[d];
        }
    }

    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> indices, Span<T> table, int rows, int width)
        where T : struct, IFloatingPointIeee754<T>
    {
        table.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            (int place, int row) = Math.DivRem(i, rows);
            Span<T> vector = table.Slice(int.CreateTruncating(indices[i]) * width, width);
            for (int d = 0; d < width; d++)
                vector[d] += x[(((place * width) + d) * rows) + row];
        }
    }
}
