using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Finds out the layout of a table from its first rows.</summary>
internal sealed class LayoutGuess
{
    private const int MostRows = 500;
    private const string ExcelNote = "sep=";

    // The stronger first: a field between commas may hold spaces, one between spaces hardly holds commas.
    private static readonly char[] Separators = ['\t', ';', '|', ',', ' '];

    private readonly string name;
    private readonly string head;
    private readonly TableOptions options;
    private readonly int skippedRows;
    private readonly char separator;
    private readonly bool hasComments;
    private readonly List<SampleRow> all;
    private readonly List<SampleRow> rows;

    private LayoutGuess(string head, bool isWhole, string name, TableOptions options)
    {
        (this.name, this.options) = (name, options);
        int end = isWhole ? -1 : head.LastIndexOf('\n');
        this.head = end < 0 ? head : head[..(end + 1)];
        char? noted = NotedSeparator(this.head);
        skippedRows = noted is null ? 0 : 1;
        hasComments = HasComments(this.head);
        separator = options.Separator ?? noted ?? GuessSeparator();
        all = [.. Split(separator).Skip(skippedRows)];
        rows = [.. all.Where(row => !row.IsComment)];
    }

    /// <summary>The layout of a table that begins like this.</summary>
    /// <param name="head">The first rows.</param>
    /// <param name="isWhole">Whether they are all.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="options">What is known.</param>
    /// <exception cref="DataException">There is no row, or a row makes no sense.</exception>
    public static TableLayout Of(string head, bool isWhole, string name, TableOptions options) => new LayoutGuess(head, isWhole, name, options).Layout();

    private TableLayout Layout()
    {
        if (rows.Count == 0)
            throw DataException.At(new(name), "no row", "a table with rows");
        char mark = options.DecimalMark ?? GuessDecimalMark();
        HeaderGuess guess = new([.. rows.Select(row => row.Fields)], mark, new MissingValues(options.MissingValues, mark));
        SampleRow? commented = options.HasHeader is null && !guess.HasHeader ? CommentedHeader() : null;
        bool hasHeader = options.HasHeader ?? (commented is not null || guess.HasHeader);
        if (!hasHeader)
            return new(separator, mark, false, hasComments, Numbered(UsualCount(rows)), skippedRows);
        string[] header = commented is not null ? Uncommented(commented) : rows[0].Fields;
        List<SampleRow> body = commented is not null ? rows : rows[1..];
        return new(separator, mark, true, hasComments, ColumnNames.Of(WithRowNames(header, body)), skippedRows + (commented is null ? 1 : 0), commented is not null);
    }

    /// <summary>Excel's note of the separator, "sep=;" as the first line.</summary>
    private static char? NotedSeparator(string head) =>
        head.StartsWith(ExcelNote, StringComparison.OrdinalIgnoreCase) && head.Length > ExcelNote.Length + 1 && head[ExcelNote.Length + 1] is '\r' or '\n' ? head[ExcelNote.Length] : null;

    /// <summary>Where most lines begin with #, it is part of the first field.</summary>
    private static bool HasComments(string head)
    {
        int comments = 0, lines = 0;
        foreach (ReadOnlySpan<char> line in head.AsSpan().EnumerateLines())
        {
            lines += line.IsWhiteSpace() ? 0 : 1;
            comments += line.StartsWith('#') ? 1 : 0;
        }

        return 2 * comments <= lines;
    }

    private char GuessSeparator() => Separators.MaxBy(Score) is var best && Score(best) > 0 ? best : ',';

    /// <summary>The share of rows with the usual number of fields, times the share of rows whose fields hold no stronger separator.</summary>
    private double Score(char candidate)
    {
        SampleRow[] split = [.. TrySplit(candidate).Where(row => !row.IsComment)];
        int count = split.Length == 0 ? 0 : UsualCount(split);
        if (count < 2)
            return 0;
        ReadOnlySpan<char> stronger = Separators.AsSpan(0, Array.IndexOf(Separators, candidate));
        int usual = 0, clean = 0;
        foreach (SampleRow row in split)
        {
            usual += row.Fields.Length == count ? 1 : 0;
            clean += IsClean(row, stronger) ? 1 : 0;
        }

        return (double)usual / split.Length * clean / split.Length;
    }

    private static bool IsClean(SampleRow row, ReadOnlySpan<char> stronger)
    {
        for (int i = 0; i < row.Fields.Length; i++)
        {
            bool isDecimal = NumberText.TryParse(row.Fields[i], ',', out _);
            if (!row.Quoted[i] && !isDecimal && row.Fields[i].AsSpan().IndexOfAny(stronger) >= 0)
                return false;
        }

        return true;
    }

    /// <summary>Where another separator is tried, quotes may not fit: then it is the wrong one.</summary>
    private List<SampleRow> TrySplit(char candidate)
    {
        try
        {
            return Split(candidate);
        }
        catch (DataException)
        {
            return [];
        }
    }

    private List<SampleRow> Split(char candidate)
    {
        List<SampleRow> split = [];
        using RowReader reader = new(new StringReader(head), name, candidate, hasComments);
        while (split.Count < MostRows && reader.ReadLine())
        {
            if (reader.IsComment)
                split.Add(new(CommentFields(reader), [], true));
            else
                split.Add(new([.. Enumerable.Range(0, reader.Count).Select(i => reader.Field(i).ToString())], [.. Enumerable.Range(0, reader.Count).Select(reader.IsQuoted)], false));
        }

        return split;
    }

    /// <summary>A comment is prose that may hold anything: without a word where it cannot be split.</summary>
    private static string[] CommentFields(RowReader reader)
    {
        try
        {
            return [.. Enumerable.Range(0, reader.Count).Select(i => reader.Field(i).ToString())];
        }
        catch (DataException)
        {
            return [];
        }
    }

    private static int UsualCount(IReadOnlyList<SampleRow> rows) => rows.GroupBy(row => row.Fields.Length).MaxBy(group => group.Count())!.Key;

    /// <summary>A decimal comma needs another separator, and no number with a decimal point.</summary>
    private char GuessDecimalMark()
    {
        if (separator == ',')
            return '.';
        int commas = 0, points = 0;
        foreach (string field in rows.SelectMany(row => row.Fields))
        {
            commas += field.Contains(',') && NumberText.TryParse(field, ',', out _) ? 1 : 0;
            points += field.Contains('.') && NumberText.TryParse(field, '.', out _) ? 1 : 0;
        }

        return commas > points ? ',' : '.';
    }

    /// <summary>NumPy writes the names of columns as a comment; the last comment above the rows is taken if it has a name for each column.</summary>
    private SampleRow? CommentedHeader()
    {
        SampleRow? last = all.TakeWhile(row => row.IsComment).LastOrDefault();
        return last is not null && last.Fields.Length > 1 && last.Fields.Length == UsualCount(rows) && last.Fields.All(field => !NumberText.TryParse(field.TrimStart('#'), '.', out _)) ? last : null;
    }

    private static string[] Uncommented(SampleRow row) => [row.Fields[0].TrimStart('#').Trim(), .. row.Fields[1..]];

    /// <summary>R writes the names of rows as a column that has no name of its own: the header is then one field shorter.</summary>
    private static string[] WithRowNames(string[] header, List<SampleRow> body)
    {
        bool isShort = body.Count > 0 && UsualCount(body) == header.Length + 1;
        return isShort && body.Exists(row => row.Fields[^1].Length > 0) ? ["", .. header] : header;
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(ColumnNames.Numbered)];
}
