using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Entries moved between matrices stored column by column. The places were checked before.</summary>
internal static class PlaceKernels
{
    /// <summary>Y[i, j] = X[rows[i], columns[j]], where a column of X has <paramref name="height"/> entries.</summary>
    public static void Gather<T, TRows, TColumns>(ReadOnlySpan<T> x, int height, Span<T> y, TRows rows, TColumns columns)
        where T : struct, IFloatingPointIeee754<T>
        where TRows : struct, IPlaces
        where TColumns : struct, IPlaces
    {
        for (int j = 0; j < columns.Count; j++)
        {
            ReadOnlySpan<T> from = x.Slice(columns[j] * height, height);
            Span<T> to = y.Slice(j * rows.Count, rows.Count);
            for (int i = 0; i < to.Length; i++)
                to[i] = from[rows[i]];
        }
    }

    /// <summary>Y[rows[i], columns[j]] += X[i, j], from zeros: the transpose of <see cref="Gather"/>. Places that occur twice add up, in the order of X.</summary>
    public static void Scatter<T, TRows, TColumns>(ReadOnlySpan<T> x, Span<T> y, int height, TRows rows, TColumns columns)
        where T : struct, IFloatingPointIeee754<T>
        where TRows : struct, IPlaces
        where TColumns : struct, IPlaces
    {
        y.Clear();
        for (int j = 0; j < columns.Count; j++)
        {
            ReadOnlySpan<T> from = x.Slice(j * rows.Count, rows.Count);
            Span<T> to = y.Slice(columns[j] * height, height);
            for (int i = 0; i < from.Length; i++)
                to[rows[i]] += from[i];
        }
    }
}
