using System.Globalization;

namespace AutoDiffLsr.Files;

/// <summary>A place in a file, for messages: lines and columns count from 1, as in an editor.</summary>
internal readonly record struct DataPlace(string File, long? Line = null, int? Column = null, string? ColumnName = null)
{
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
