using System.Buffers;
using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>
/// Reads the rows of a CSV file one by one, strictly after RFC 4180: fields may be quoted, a quote inside is doubled, and a quoted field may
/// hold separators and line ends. Text is UTF-8, with or without a byte order mark; lines end with CR LF, LF or CR; empty lines are skipped.
/// </summary>
/// <remarks>The row's bytes live in one buffer that is used again, so a file of any length is read in little memory.</remarks>
public sealed class CsvReader : IDisposable
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    // No table comes near these; a file without line ends or with a quote that is never closed does, and would fill the memory.
    private const int LongestRow = 1 << 26;
    private const int MostFields = 1 << 20;

    private readonly CsvInput _input;
    private readonly byte _separator;
    private readonly SearchValues<byte> _endsOfUnquoted;
    private readonly ArrayBufferWriter<byte> _row = new(4096);
    private readonly List<int> _ends = [];
    private long _nextLine = 1;

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The stream; it is closed with this reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="separator">The separator between fields: an ASCII character other than a quote or a line end.</param>
    /// <exception cref="ArgumentException">The separator cannot be one.</exception>
    /// <exception cref="DataException">The stream cannot be read, or holds text in another encoding.</exception>
    public CsvReader(Stream stream, string name, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!char.IsAscii(separator) || separator is '"' or '\n' or '\r')
            throw new ArgumentException($"separator is {OneLine.Quote([separator])}, but must be an ASCII character other than a quote or a line end.", nameof(separator));
        Name = name;
        _separator = (byte)separator;
        _endsOfUnquoted = SearchValues.Create([_separator, Quote, LineFeed, CarriageReturn]);
        _input = new(stream, name);
    }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>The line on which the current row begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The number of fields of the current row.</summary>
    public int FieldCount => _ends.Count;

    /// <summary>Reads the next row that is not empty.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataException">The file breaks the rules of CSV, or cannot be read.</exception>
    public bool Read()
    {
        do
        {
            if (_input.Peek() < 0)
                return false;
            ReadRow();
        }
        while (FieldCount == 1 && Field(0).IsEmpty);
        return true;
    }

    /// <summary>A field of the current row as UTF-8, without its quotes; valid until the next <see cref="Read"/>.</summary>
    /// <param name="index">Which field, counted from 0.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row has no such field.</exception>
    public ReadOnlySpan<byte> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FieldCount);
        int start = index == 0 ? 0 : _ends[index - 1];
        return _row.WrittenSpan[start.._ends[index]];
    }

    /// <summary>A field of the current row as text, without white space around it.</summary>
    /// <param name="index">Which field, counted from 0.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row has no such field.</exception>
    /// <exception cref="DataException">The field is not UTF-8.</exception>
    public string Text(int index)
    {
        try
        {
            return CsvInput.StrictUtf8.GetString(Field(index)).Trim();
        }
        catch (DecoderFallbackException error)
        {
            throw DataException.At(new(Name, Line, index + 1), $"bytes that are not UTF-8 ({OneLine.Quote(Encoding.UTF8.GetString(Field(index)))})", "text in UTF-8", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();

    private void ReadRow()
    {
        _row.ResetWrittenCount();
        _ends.Clear();
        Line = _nextLine;
        while (ReadField())
        {
            if (FieldCount == MostFields)
                throw Error($"more than {MostFields} fields", "a row of a table");
        }
    }

    /// <summary>Reads a field and what follows it; tells whether that was a separator, so that another field comes.</summary>
    private bool ReadField()
    {
        if (_input.Peek() == Quote)
            ReadQuoted();
        else
            ReadUnquoted();
        _ends.Add(_row.WrittenCount);
        int end = _input.Peek();
        if (end < 0)
            return false;
        _input.Advance(1);
        if (end == _separator)
            return true;
        if (end == CarriageReturn && _input.Peek() == LineFeed)
            _input.Advance(1);
        _nextLine++;
        return false;
    }

    private void ReadUnquoted()
    {
        int end = -1;
        while (end < 0 && _input.Peek() >= 0)
        {
            end = _input.Available.IndexOfAny(_endsOfUnquoted);
            Take(end < 0 ? _input.Available.Length : end);
        }

        if (_input.Peek() == Quote)
            throw Error("a quote inside an unquoted field", "a quoted field with the quote doubled");
    }

    private void ReadQuoted()
    {
        long opened = _nextLine;
        do
        {
            _input.Advance(1);
            ReadToQuote(opened);
            _input.Advance(1);
            if (_input.Peek() == Quote)
                _row.Write([Quote]);
        }
        while (_input.Peek() == Quote);

        int next = _input.Peek();
        if (next >= 0 && next != _separator && next != LineFeed && next != CarriageReturn)
            throw Error("text after a closing quote", "a separator or the end of the line");
    }

    private void ReadToQuote(long opened)
    {
        int end = -1;
        while (end < 0)
        {
            if (_input.Peek() < 0)
                throw DataException.At(new(Name, opened, FieldCount + 1), "a quote that is never closed", "a closing quote");
            end = _input.Available.IndexOf(Quote);
            int length = end < 0 ? _input.Available.Length : end;
            _nextLine += _input.Available[..length].Count(LineFeed);
            Take(length);
        }
    }

    private void Take(int length)
    {
        if (_row.WrittenCount + length > LongestRow)
            throw DataException.At(new(Name, Line), $"a row of more than {LongestRow} bytes", "a row of a table (is a quote never closed?)");
        _row.Write(_input.Available[..length]);
        _input.Advance(length);
    }

    private DataException Error(string found, string expected) => DataException.At(new(Name, _nextLine, FieldCount + 1), found, expected);
}
