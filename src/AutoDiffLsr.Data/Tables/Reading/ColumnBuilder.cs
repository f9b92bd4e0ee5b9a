using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Collects a column: as numbers as long as all are numbers, then as levels.</summary>
internal sealed class ColumnBuilder(string file, string name, int index, char decimalMark, MissingValues missing, bool mayBeBroken)
{
    private ChunkedList<double>? numbers = new();
    private ChunkedList<int>? codes;
    private Dictionary<string, int>? levels;
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private List<string>? names;
    private string? firstText;
    private int firstTextLine;
    private int textCount;
    private int numberCount;
    private int missingCount;

    /// <summary>Takes a field without quotes and white space.</summary>
    /// <exception cref="DataException">It is an infinite number, or holds bytes that were no text in the file's encoding.</exception>
    public void Add(ReadOnlySpan<char> field, int line)
    {
        if (NumberText.TryParse(field, decimalMark, out double number))
            AddNumber(number, field, line);
        else if (missing.Contains(field))
            AddMissing();
        else
            AddText(field, line);
    }

    public void AddNumber(double number, ReadOnlySpan<char> field, int line)
    {
        if (missing.Contains(number))
        {
            AddMissing();
            return;
        }

        if (!double.IsFinite(number))
            throw DataException.At(new(file, line, index + 1, name), OneLine.Quote(field), $"a finite number, or --missing {OneLine.Quote(field)} if it stands for a missing value");
        numberCount++;
        if (numbers is not null)
            numbers.Add(number);
        else
            codes!.Add(CodeOf(NumberText.Canonical(number)));
    }

    public void AddMissing()
    {
        missingCount++;
        if (numbers is not null)
            numbers.Add(double.NaN);
        else
            codes!.Add(TableColumn.Missing);
    }

    public void AddText(ReadOnlySpan<char> field, int line)
    {
        if (mayBeBroken && field.Contains('\uFFFD'))
            throw DataException.At(new(file, line, index + 1, name), $"{OneLine.Quote(field)}, which is not valid UTF-8", "text in one encoding: name it with --encoding, such as latin1");
        textCount++;
        if (numbers is not null)
            SwitchToText(field, line);
        codes!.Add(CodeOf(field));
    }

    /// <summary>The column so far; what comes next begins another.</summary>
    public TableColumn Take()
    {
        TextFault? fault = firstText is null ? null : new(firstText, firstTextLine, textCount, numberCount);
        TableColumn column = new(name, index, numbers, codes, names ?? [], missingCount, fault);
        (numbers, codes, levels, names, firstText) = (new(), null, null, null, null);
        (textCount, numberCount, missingCount) = (0, 0, 0);
        return column;
    }

    private void SwitchToText(ReadOnlySpan<char> field, int line)
    {
        (firstText, firstTextLine) = (field.ToString(), line);
        (codes, levels, names) = (new(), new(StringComparer.Ordinal), []);
        lookup = levels.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int row = 0; row < numbers!.Count; row++)
            codes.Add(double.IsNaN(numbers[row]) ? TableColumn.Missing : CodeOf(NumberText.Canonical(numbers[row])));
        numbers = null;
    }

    private int CodeOf(ReadOnlySpan<char> text)
    {
        if (lookup.TryGetValue(text, out int code))
            return code;
        if (names!.Count == Table.MostLevels)
            return TableColumn.Beyond;

        // Hidden characters are written as codes, after which the text may be one that is known.
        string visible = VisibleText.Of(text);
        if (levels!.TryGetValue(visible, out code))
            return code;
        levels.Add(visible, names.Count);
        names.Add(visible);
        return names.Count - 1;
    }
}
