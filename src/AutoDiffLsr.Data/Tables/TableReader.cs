using System.Diagnostics.CodeAnalysis;
using AutoDiffLsr.Data.Tables.Reading;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables;

/// <summary>Reads a table in blocks of rows, so that a file larger than the memory can be worked through, or all at once.</summary>
public sealed class TableReader : IDisposable
{
    private const int RowsBetweenReports = 4096;

    private readonly string file;
    private readonly string name;
    private readonly TextSource source;
    private readonly TableLayout layout;
    private readonly RowReader rows;
    private readonly ColumnBuilder[] columns;
    private readonly List<string> notes;

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The stream; it is closed with this reader.</param>
    /// <param name="name">What messages and the table call it.</param>
    /// <param name="options">What is known of its layout.</param>
    /// <exception cref="DataException">The stream is empty, is no table, or cannot be read.</exception>
    /// <exception cref="ArgumentException">The separator or the decimal mark cannot be one.</exception>
    public TableReader(Stream stream, string name, TableOptions? options = null)
        : this(stream, name, name, options)
    {
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The reader of rows closes the source's text.")]
    private TableReader(Stream stream, string file, string name, TableOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(file);
        options ??= new();
        Check(options);
        (this.file, this.name) = (file, name);
        source = TextSource.Open(stream, file, options.Encoding);
        notes = [.. source.Notes];
        layout = LayoutGuess.Of(source.Head, source.IsWhole, file, options);
        rows = new(source.Reader, file, layout.Separator, layout.HasComments);
        MissingValues missing = new(options.MissingValues, layout.DecimalMark);
        bool mayBeBroken = source.EncodingName == "utf-8";
        columns = [.. layout.Names.Select((column, i) => new ColumnBuilder(file, column, i, layout.DecimalMark, missing, mayBeBroken))];
        for (int i = 0; i < layout.SkippedRows; i++)
            rows.Read();
        if (layout.HasCommentedHeader)
            notes.Add("the comment above the rows names the columns");
        if (options.Separator is null && layout.Separator is not ',')
            notes.Add($"the separator is {SeparatorName(layout.Separator)} (--separator chooses another)");
        if (options.DecimalMark is null && layout.DecimalMark is not '.')
            notes.Add("numbers have a decimal comma (--decimal . if not)");
        if (options.HasHeader is null && !layout.HasHeader)
            notes.Add($"no header was found: the columns are called {layout.Names[0]} to {layout.Names[^1]} (--header yes if the first row names them)");
    }

    /// <summary>The names of the columns; x0, x1, ... where there is no header.</summary>
    public IReadOnlyList<string> ColumnNames => layout.Names;

    /// <summary>Whether the first row names the columns.</summary>
    public bool HasHeader => layout.HasHeader;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known of its layout.</param>
    /// <returns>The reader, before the first row.</returns>
    /// <exception cref="DataException">The file is missing, empty, unreadable or no table.</exception>
    public static TableReader Open(string path, TableOptions? options = null)
    {
        FileStream stream = DataFile.OpenRead(path, "a table as text (CSV)");
        try
        {
            return new(stream, path, NameOf(path), options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="most">How many at most.</param>
    /// <returns>A table of them, or null at the end.</returns>
    /// <exception cref="DataException">A row has another number of fields, or something in it cannot be read.</exception>
    public Table? Read(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ChunkedList<int> lines = new();
        while (lines.Count < most && rows.Read())
            Add(lines);
        return lines.Count == 0 ? null : Take(lines);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        source.Dispose();
    }

    internal Table ReadAll(IProgress<double>? progress, CancellationToken cancellation)
    {
        ChunkedList<int> lines = new();
        while (rows.Read())
        {
            Add(lines);
            if (lines.Count % RowsBetweenReports != 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            if (progress is not null && source.Done is { } done)
                progress.Report(done);
        }

        return lines.Count > 0 ? Take(lines) : throw DataException.At(new(file), layout.HasHeader ? "a header and no rows" : "no rows", "a table with rows");
    }

    private static void Check(TableOptions options)
    {
        if (options.Separator is { } separator && (!char.IsAscii(separator) || char.IsAsciiLetterOrDigit(separator) || (char.IsControl(separator) && separator != '\t') || separator is '"' or '.' or '-' or '+' or '#'))
            throw new ArgumentException($"The separator is {OneLine.Quote([separator])}, but must be a comma, a semicolon, a tab, a space, | or another ASCII sign.", nameof(options));
        if (options.DecimalMark is not (null or '.' or ','))
            throw new ArgumentException($"The decimal mark is {OneLine.Quote([options.DecimalMark.Value])}, but must be '.' or ','.", nameof(options));
    }

    private static string SeparatorName(char separator) => separator switch
    {
        '\t' => "a tab",
        ' ' => "a space",
        _ => OneLine.Quote([separator]),
    };

    /// <summary>data.csv.gz is called data.</summary>
    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }

    private void Add(ChunkedList<int> lines)
    {
        int count = rows.Count;
        if (count < columns.Length || (count > columns.Length && !IsEmptyFrom(columns.Length)))
        {
            string expected = layout.HasHeader ? $"{columns.Length} as in the header" : $"{columns.Length} as in most rows";
            throw DataException.At(new(file, rows.Line), count == 1 ? "1 field" : $"{count} fields", $"{expected} (separator {SeparatorName(layout.Separator)})");
        }

        for (int i = 0; i < columns.Length; i++)
            columns[i].Add(rows.Field(i), rows.Line);
        lines.Add(rows.Line);
    }

    private bool IsEmptyFrom(int column)
    {
        for (int i = column; i < rows.Count; i++)
        {
            if (!rows.Field(i).IsEmpty)
                return false;
        }

        return true;
    }

    private Table Take(ChunkedList<int> lines)
    {
        List<string> said = [.. notes];
        int comments = rows.Comments - (layout.HasCommentedHeader ? 1 : 0);
        if (comments > 0)
            said.Add(comments == 1 ? "1 comment line is left out" : $"{comments} comment lines are left out");
        return new Table(name, file, [.. columns.Select(column => column.Take())], layout.HasHeader, lines, said);
    }
}
