using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>The bytes of a CSV file behind its byte order mark, a buffer at a time.</summary>
internal sealed class CsvInput : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Stream _stream;
    private readonly string _name;
    private int _start;
    private int _end;

    public CsvInput(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        Fill();
        SkipByteOrderMark();
    }

    public static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What has been read and not been taken; empty only until the next <see cref="Peek"/>.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next byte, or -1 at the end.</summary>
    public int Peek()
    {
        if (_start == _end)
            Fill();
        return _start == _end ? -1 : _buffer[_start];
    }

    public void Advance(int count) => _start += count;

    public void Dispose() => _stream.Dispose();

    private void Fill()
    {
        try
        {
            _start = 0;
            _end = _stream.ReadAtLeast(_buffer, 4, throwOnEndOfStream: false);
        }
        catch (Exception error) when (InputFile.IsFailure(error) || error is InvalidDataException)
        {
            throw DataException.At(new(_name), $"a read error ({error.Message})", "a CSV file", error);
        }
    }

    private void SkipByteOrderMark()
    {
        if (Available.StartsWith("\uFEFF"u8))
            Advance(3);
        else if (Available is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw DataException.At(new(_name), "text in UTF-16", "text in UTF-8");
        else if (Available is [0x1F, 0x8B, ..])
            throw DataException.At(new(_name), "gzip data", "plain text in UTF-8: unpack it first");
    }
}
