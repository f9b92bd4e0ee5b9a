using AutoDiffLsr.Files;
using nietras.SeparatedValues;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>
/// The rows of a table one by one: empty lines and comments left out, a run of spaces one separator, quotes taken off. Sep splits the text; the words for
/// what is wrong, with line and column, are ours.
/// </summary>
internal sealed class RowReader : IDisposable
{
    private const char Quote = '"';

    private readonly SepReader reader;
    private readonly Func<bool> moveNext;
    private readonly string name;
    private readonly char separator;
    private readonly bool hasComments;
    private int[] places = [];
    private char[] scratch = [];
    private bool isFirst = true;

    /// <summary>Reads a text from its current position.</summary>
    /// <param name="text">The text; it is closed with this reader.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="separator">What is between fields.</param>
    /// <param name="hasComments">Whether a line that begins with # is a comment.</param>
    public RowReader(TextReader text, string name, char separator, bool hasComments)
    {
        (this.name, this.separator, this.hasComments) = (name, separator, hasComments);
        reader = Guarded(() => Sep.New(separator).Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = false }).From(text));
        moveNext = reader.MoveNext;
    }

    /// <summary>The number of fields of the current row.</summary>
    public int Count { get; private set; }

    /// <summary>The line on which the current row begins, counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>How many comments were left out.</summary>
    public int Comments { get; private set; }

    /// <summary>Whether the current row, which <see cref="ReadLine"/> has read, is a comment. A missing value may begin with # as well.</summary>
    public bool IsComment => hasComments && Raw(0).StartsWith('#') && Raw(0).Trim() is not ("#N/A" or "#NA" or "#N/A N/A");

    /// <summary>Reads the next row that is neither empty nor a comment.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataException">The text cannot be read, or a row is too long.</exception>
    public bool Read()
    {
        while (ReadLine())
        {
            if (!IsComment)
                return true;
            Comments++;
        }

        return false;
    }

    /// <summary>Reads the next row that is not empty, comments as well.</summary>
    public bool ReadLine()
    {
        while (MoveNext())
        {
            SepReader.Row row = reader.Current;
            Line = isFirst ? 1 : row.LineNumberFrom;
            isFirst = false;
            Count = row.ColCount;
            if (separator == ' ')
                CollapseSpaces();
            if (Count > 1 || (Count == 1 && !Raw(0).IsWhiteSpace()))
                return true;
        }

        return false;
    }

    /// <summary>A field of the current row without its quotes and without white space around it; valid until the next call.</summary>
    /// <param name="index">Which field, counted from 0.</param>
    /// <exception cref="DataException">Its quotes do not belong together.</exception>
    public ReadOnlySpan<char> Field(int index)
    {
        ReadOnlySpan<char> raw = Raw(index).Trim();
        return raw.Contains(Quote) ? Unquoted(raw, index) : raw;
    }

    /// <summary>Whether the field is in quotes.</summary>
    public bool IsQuoted(int index) => Raw(index).TrimStart().StartsWith(Quote);

    public void Dispose() => reader.Dispose();

    private ReadOnlySpan<char> Raw(int index) => reader.Current[separator == ' ' ? places[index] : index].Span;

    private bool MoveNext() => Guarded(moveNext);

    /// <summary>Reading ahead happens at the begin and between rows; what fails there is the file's fault.</summary>
    private TResult Guarded<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException error)
        {
            throw DataException.At(new(name, Line + 1), "a row of more than 16,777,216 characters", "rows; is a quote never closed?", error);
        }
        catch (Exception error) when (InputFile.IsFailure(error) || error is InvalidDataException)
        {
            throw DataException.At(new(name, Line), $"a read error behind this line ({OneLine.Cause(error)})", "a table as text", error);
        }
    }

    private void CollapseSpaces()
    {
        if (places.Length < Count)
            places = new int[Count];
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!reader.Current[i].Span.IsEmpty)
                places[kept++] = i;
        }

        Count = kept;
    }

    private ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> raw, int index)
    {
        if (raw[0] != Quote)
        {
            // Quotes in the middle are text, unless they hide a separator or a line end.
            return raw.Count(Quote) % 2 == 0 && raw.IndexOfAny(separator, '\n', '\r') < 0 ? raw : throw QuoteError(index, "a quote inside a field that does not begin with one");
        }

        if (raw.Length < 2 || raw[^1] != Quote)
            throw QuoteError(index, raw[1..].Count(Quote) % 2 == 0 ? "a quote that is never closed" : "text behind a closed quote");
        ReadOnlySpan<char> inner = raw[1..^1];
        return inner.Contains(Quote) ? Undoubled(inner, index).Trim() : inner.Trim();
    }

    private ReadOnlySpan<char> Undoubled(ReadOnlySpan<char> inner, int index)
    {
        if (scratch.Length < inner.Length)
            scratch = new char[inner.Length];
        int length = 0;
        for (int i = 0; i < inner.Length; i++)
        {
            scratch[length++] = inner[i];
            if (inner[i] == Quote && (++i == inner.Length || inner[i] != Quote))
                throw QuoteError(index, "a single quote inside a quoted field");
        }

        return scratch.AsSpan(0, length);
    }

    private DataException QuoteError(int index, string found) =>
        DataException.At(new(name, Line, index + 1), found, "fields in quotes from end to end, with quotes inside doubled");
}
