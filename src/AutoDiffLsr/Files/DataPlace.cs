using System.Globalization;

namespace AutoDiffLsr.Files;

/// <summary>A place in a file, for messages.</summary>
/// <param name="File">The file, or what it is called.</param>
/// <param name="Line">The line, counted from 1 as in an editor; null for the whole file.</param>
/// <param name="Column">The column of the table, counted from 1; null for the whole line.</param>
/// <param name="ColumnName">The column's name, where it has one.</param>
public readonly record struct DataPlace(string File, long? Line = null, int? Column = null, string? ColumnName = null)
{
    /// <summary>"flowers.csv, line 3, column 2 ("petal")".</summary>
    public override string ToString()
    {
        string text = File;
        if (Line is { } line)
            text += string.Create(CultureInfo.InvariantCulture, $", line {line}");
        if (Column is { } column)
            text += string.Create(CultureInfo.InvariantCulture, $", column {column}");
        return ColumnName is null ? text : $"{text} ({OneLine.Quote(ColumnName)})";
    }
}
