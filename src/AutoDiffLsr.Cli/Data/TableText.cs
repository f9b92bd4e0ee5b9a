using System.Globalization;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Data;

/// <summary>What becomes of the columns of a table, as a table for a screen.</summary>
internal static class TableText
{
    private const int MostLines = 60;
    private const int WidestName = 32;

    private static readonly string[] Heads = ["column", "kind", "values", "missing", "becomes"];

    /// <summary>Writes the notes and the columns of a table; nothing for other data.</summary>
    public static void Write(LoadedData data, Messages messages)
    {
        if (data.Encoder is null)
            return;
        foreach (string note in data.Notes)
            messages.Line(note);
        foreach (string line in Lines(data.Encoder))
            messages.Line(line);
    }

    /// <summary>The lines of the table; neighbours that differ in nothing but their name and values stand in one.</summary>
    public static IEnumerable<string> Lines(TableEncoder encoder)
    {
        List<string[]> rows = [Heads, .. Rows(encoder.Describe())];
        int hidden = Math.Max(0, rows.Count - 1 - MostLines);
        if (hidden > 0)
            rows.RemoveRange(1 + (MostLines / 2), hidden);
        int[] widths = [.. Heads.Select((_, i) => rows.Max(row => row[i].Length))];
        for (int i = 0; i < rows.Count; i++)
        {
            if (hidden > 0 && i == 1 + (MostLines / 2))
                yield return string.Create(CultureInfo.InvariantCulture, $"  ... and {hidden} more, which are in metrics.json");
            yield return ("  " + string.Join("  ", rows[i].Select((cell, column) => column == 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))).TrimEnd();
        }
    }

    /// <summary>The rows, for a report.</summary>
    public static IEnumerable<string[]> Rows(IReadOnlyList<ColumnSummary> columns)
    {
        for (int start = 0; start < columns.Count;)
        {
            int end = start + 1;
            while (end < columns.Count && IsAlike(columns[start], columns[end]))
                end++;
            bool isRun = end - start > 3;
            end = isRun ? end : start + 1;
            ColumnSummary first = columns[start];
            string name = isRun ? string.Create(CultureInfo.InvariantCulture, $"{Cut(first.Plan.Name)} to {Cut(columns[end - 1].Plan.Name)} ({end - start} columns)") : Cut(first.Plan.Name);
            yield return [name, first.Plan.Kind.ToString().ToLowerInvariant(), isRun ? "" : first.Plan.Values, first.Plan.Missing.ToString(CultureInfo.InvariantCulture), first.Becomes];
            start = end;
        }
    }

    private static bool IsAlike(ColumnSummary a, ColumnSummary b) =>
        a.Plan.Kind == b.Plan.Kind && a.Plan.Role == b.Plan.Role && a.Plan.Missing == b.Plan.Missing && a.Becomes == b.Becomes;

    private static string Cut(string name) => name.Length <= WidestName ? name : $"{name[..(WidestName - 3)]}...";
}
