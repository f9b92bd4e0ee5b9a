using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>The text of a table: unpacked where it is gzip, decoded, and its beginning at hand for those who find out the layout.</summary>
internal sealed class TextSource : IDisposable
{
    // Enough rows to judge by, and the whole of a row that is very long.
    private const int SmallestHead = 1 << 16;
    private const int LargestHead = 1 << 22;
    private const int LinesToSee = 64;
    private const string Expected = "a table as text (CSV)";

    private readonly Stream raw;

    private TextSource(Stream raw, TextReader reader, string head, bool isWhole, string encodingName, IReadOnlyList<string> notes) =>
        (this.raw, Reader, Head, IsWhole, EncodingName, Notes) = (raw, reader, head, isWhole, encodingName, notes);

    /// <summary>The whole text.</summary>
    public TextReader Reader { get; }

    /// <summary>The beginning of the text.</summary>
    public string Head { get; }

    /// <summary>Whether the beginning is all.</summary>
    public bool IsWhole { get; }

    public string EncodingName { get; }

    /// <summary>What the person should know about how the text was taken.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The share of the file that is read, or null where its length is unknown.</summary>
    public double? Done => raw.CanSeek && raw.Length > 0 ? (double)raw.Position / raw.Length : null;

    /// <summary>Begins to read a stream, which is closed with the source.</summary>
    /// <exception cref="DataException">The stream is empty, cannot be read, or holds something else than text.</exception>
    public static TextSource Open(Stream stream, string name, string? encoding)
    {
        try
        {
            (byte[] head, bool isWhole) = ReadHead(stream);
            List<string> notes = [];
            Stream content = new HeadedStream(head, stream);
            if (head is [0x1F, 0x8B, ..])
            {
                Stream unpacked = new GZipStream(content, CompressionMode.Decompress);
                (head, isWhole) = ReadHead(unpacked);
                content = new HeadedStream(head, unpacked, total => RequireWhole(stream, total, name));
                notes.Add("unpacked from gzip");
            }

            return Decode(stream, content, head, isWhole, name, encoding, notes);
        }
        catch (Exception error) when (InputFile.IsFailure(error) || error is InvalidDataException)
        {
            throw DataException.At(new(name), $"a read error ({OneLine.Cause(error)})", Expected, error);
        }
    }

    public void Dispose() => Reader.Dispose();

    private static TextSource Decode(Stream raw, Stream content, byte[] head, bool isWhole, string name, string? encoding, List<string> notes)
    {
        if (head.Length == 0)
            throw DataException.At(new(name), "an empty file", "a table with rows");
        if (encoding is null && ForeignFile.Recognize(head) is { } foreign)
            throw DataException.At(new(name), foreign.Found, foreign.Expected);
        Encoding chosen = encoding is null
            ? TextEncoding.Guess(head, isWhole) ?? throw DataException.At(new(name), "binary data", Expected)
            : TextEncoding.Named(encoding);
        if (encoding is null && ReferenceEquals(chosen, Encoding.Latin1))
            notes.Add("read as Latin-1, because it is no UTF-8; --encoding names another encoding");
        else if (encoding is null && chosen.CodePage != Encoding.UTF8.CodePage)
            notes.Add($"read as {chosen.WebName.ToUpperInvariant()}");
        string text = new StreamReader(new MemoryStream(head), chosen).ReadToEnd();
        StreamReader reader = new(content, chosen, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return new TextSource(raw, reader, text, isWhole, chosen.WebName, notes);
    }

    private static (byte[] Head, bool IsWhole) ReadHead(Stream stream)
    {
        byte[] head = new byte[SmallestHead];
        int count = 0;
        while (true)
        {
            int more = stream.ReadAtLeast(head.AsSpan(count), head.Length - count, throwOnEndOfStream: false);
            count += more;
            if (count < head.Length)
                return (head.AsSpan(0, count).ToArray(), true);
            if (head.Length >= LargestHead || head.AsSpan().Count((byte)'\n') >= LinesToSee)
                return (head, false);
            Array.Resize(ref head, 2 * head.Length);
        }
    }

    /// <summary>GZipStream takes a file that was cut off for whole; its last four bytes are the length of what it holds.</summary>
    private static void RequireWhole(Stream packed, long length, string name)
    {
        if (!packed.CanSeek)
            return;
        long position = packed.Position;
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        packed.Seek(-sizeof(uint), SeekOrigin.End);
        packed.ReadExactly(trailer);
        packed.Position = position;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)length)
            throw new InvalidDataException("the gzip file is cut off or has several parts: unpack it first");
    }
}
