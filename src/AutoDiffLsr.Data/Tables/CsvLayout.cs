using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>What the first row of a CSV file tells: how many columns, which one has the labels, and what they are called.</summary>
internal sealed class CsvLayout
{
    private readonly string[]? _header;

    private CsvLayout(int columns, int labelColumn, string[]? header)
    {
        Columns = columns;
        LabelColumn = labelColumn;
        _header = header;
        FeatureNames = [.. FeatureColumns().Select((column, index) => header?[column] is { Length: > 0 } name ? name : string.Create(CultureInfo.InvariantCulture, $"x{index}"))];
    }

    public int Columns { get; }

    /// <summary>The index of the column of the labels, or -1.</summary>
    public int LabelColumn { get; }

    public bool HasHeader => _header is not null;

    public IReadOnlyList<string> FeatureNames { get; }

    public static CsvLayout FromFirstRow<T>(CsvReader row, CsvOptions options)
        where T : struct, IFloatingPointIeee754<T>
    {
        CheckWidth(row, options);
        bool byName = options.HasLabels && options.LabelColumn is { } text && !IsIndex(text, out _);
        if (byName && options.HasHeader == false)
            throw DataException.At(new(row.Name), "no header", $"an index of the label column, 0..{row.FieldCount - 1}, in place of {OneLine.Quote(options.LabelColumn)}");
        int labelColumn = options.HasLabels ? FindLabelColumn(row, options.LabelColumn) : -1;
        bool hasHeader = options.HasHeader ?? (byName || !AllNumbers<T>(row, labelColumn));
        string[]? header = hasHeader ? [.. Enumerable.Range(0, row.FieldCount).Select(row.Text)] : null;
        return new(row.FieldCount, labelColumn, header);
    }

    public DataPlace Place(CsvReader row, int column) => new(row.Name, row.Line, column + 1, _header?[column] is { Length: > 0 } name ? name : null);

    private static void CheckWidth(CsvReader row, CsvOptions options)
    {
        if (row.FieldCount > 1 || !options.HasLabels)
            return;
        string text = row.Text(0);
        int other = text.AsSpan().IndexOfAny(";\t|,");
        string hint = other < 0 ? "" : $" (is the separator {OneLine.Quote([text[other]])}?)";
        throw DataException.At(new(row.Name, row.Line), $"one field ({OneLine.Quote(text)})", $"features and a label, separated by {OneLine.Quote([options.Separator])}{hint}");
    }

    private static int FindLabelColumn(CsvReader row, string? wanted)
    {
        if (wanted is null)
            return row.FieldCount - 1;
        if (!IsIndex(wanted, out int index))
            return FindByName(row, wanted);
        int column = index < 0 ? row.FieldCount + index : index;
        if (column >= 0 && column < row.FieldCount)
            return column;
        throw DataException.At(new(row.Name, row.Line), $"{row.FieldCount} columns, so no label column {wanted}", $"an index 0..{row.FieldCount - 1}, or -1 for the last");
    }

    private static int FindByName(CsvReader row, string wanted)
    {
        string[] names = [.. Enumerable.Range(0, row.FieldCount).Select(row.Text)];
        int column = Array.IndexOf(names, wanted);
        if (column < 0)
            throw DataException.At(new(row.Name, row.Line), $"columns {OneLine.List(names)}", $"one called {OneLine.Quote(wanted)} for the labels");
        int another = Array.LastIndexOf(names, wanted);
        if (another != column)
            throw DataException.At(new(row.Name, row.Line, another + 1), $"a second column called {OneLine.Quote(wanted)}", "one: give its index instead");
        return column;
    }

    private static bool IsIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index);

    private static bool AllNumbers<T>(CsvReader row, int labelColumn)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < row.FieldCount; column++)
        {
            if (column != labelColumn && !T.TryParse(row.Field(column), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                return false;
        }

        return true;
    }

    private IEnumerable<int> FeatureColumns() => Enumerable.Range(0, Columns).Where(column => column != LabelColumn);
}
