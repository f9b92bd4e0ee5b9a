using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Copies between a column-major matrix and one with more rows.</summary>
internal static class RowPadding
{
    /// <summary>The rows of x, and zeros below them.</summary>
    public static void Widen<T>(ReadOnlySpan<T> x, int rows, Span<T> y, int padded)
        where T : struct, IFloatingPointIeee754<T>
    {
        y.Clear();
        for (int from = 0, to = 0; from < x.Length; from += rows, to += padded)
            x.Slice(from, rows).CopyTo(y[to..]);
    }

    /// <summary>The upper rows of x.</summary>
    public static void Narrow<T>(ReadOnlySpan<T> x, int padded, Span<T> y, int rows)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int from = 0, to = 0; to < y.Length; from += padded, to += rows)
            x.Slice(from, rows).CopyTo(y[to..]);
    }
}
