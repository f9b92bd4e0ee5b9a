using System.Numerics;

namespace AutoDiffLsr.Data;

/// <summary>Grey levels 0..255 as numbers of [0, 1].</summary>
internal static class PixelScale
{
    public static void ToUnit<T>(ReadOnlySpan<byte> levels, Span<T> values)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] table = Table<T>.Values;
        for (int i = 0; i < levels.Length; i++)
            values[i] = table[levels[i]];
    }

    private static class Table<T>
        where T : struct, IFloatingPointIeee754<T>
    {
        public static readonly T[] Values = [.. Enumerable.Range(0, 256).Select(level => T.CreateChecked(level) / T.CreateChecked(255))];
    }
}
