namespace AutoDiffLsr.Cli.Output;

/// <summary>Tables as lines of text.</summary>
internal static class TextTable
{
    /// <summary>A table for a screen, its columns as wide as they need to be.</summary>
    public static IEnumerable<string> Aligned(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [heads, .. rows];
        int[] widths = [.. heads.Select((_, column) => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
