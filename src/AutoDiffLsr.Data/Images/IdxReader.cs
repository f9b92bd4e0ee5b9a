using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST (Y. LeCun, "The MNIST database of handwritten digits": a big-endian magic number,
/// the sizes, the bytes), plain or compressed with gzip.
/// </summary>
public static class IdxReader
{
    private const int UnsignedByte = 0x08;
    private const int LargestRank = 3;

    // Deflate spends at least one bit on each 129 bytes (a match of at most 258 bytes takes two): what promises more cannot be true.
    private const int LargestCompression = 1032;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; whether it is compressed is seen from its content.</param>
    /// <param name="rank">How many sizes it must have: 1 for labels, 3 for images.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataException">The file is missing or is no such IDX file.</exception>
    public static IdxArray Read(string path, int rank)
    {
        using FileStream stream = DataFile.OpenRead(path, "an IDX file");
        if (!stream.CanSeek)
            throw DataException.At(new(path), "a pipe or device", "an IDX file");
        return Read(stream, path, rank);
    }

    /// <summary>Reads a stream from its current position to its end.</summary>
    /// <param name="stream">A stream that can seek.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="rank">How many sizes it must have: 1 for labels, 3 for images.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataException">The stream holds no such IDX file.</exception>
    public static IdxArray Read(Stream stream, string name, int rank)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, LargestRank);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        try
        {
            return IsGzip(stream) ? ReadCompressed(stream, name, rank) : ReadPlain(stream, name, rank);
        }
        catch (InvalidDataException error)
        {
            throw DataException.At(new(name), "damaged gzip data", "a whole gzip file", error);
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            throw DataException.At(new(name), $"a read error ({error.Message})", "an IDX file", error);
        }
    }

    private static bool IsGzip(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Seek(-read, SeekOrigin.Current);
        return read == start.Length && start[0] == 0x1F && start[1] == 0x8B;
    }

    private static IdxArray ReadPlain(Stream stream, string name, int rank)
    {
        int[] dimensions = ReadHeader(stream, name, rank);
        long promised = Product(dimensions, name);
        long found = stream.Length - stream.Position;
        if (found != promised)
            throw WrongLength(name, Bytes(found), dimensions);
        DataFile.RequireMemory(name, promised);
        byte[] values = new byte[promised];
        stream.ReadExactly(values);
        return new(dimensions, values);
    }

    private static IdxArray ReadCompressed(Stream stream, string name, int rank)
    {
        long packed = stream.Length - stream.Position;
        using GZipStream unpacked = new(stream, CompressionMode.Decompress, leaveOpen: true);
        int[] dimensions = ReadHeader(unpacked, name, rank);
        long promised = Product(dimensions, name);
        if (promised / LargestCompression > packed)
            throw WrongLength(name, $"{Bytes(packed)} of gzip, which cannot hold as many", dimensions);
        DataFile.RequireMemory(name, promised);
        byte[] values = new byte[promised];
        int found = unpacked.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (found < values.Length)
            throw WrongLength(name, Bytes(found), dimensions);
        if (unpacked.ReadByte() >= 0)
            throw WrongLength(name, "more", dimensions);
        if (!GzipTrailer.Matches(stream, (4 * (1 + rank)) + promised))
            throw new InvalidDataException();
        return new(dimensions, values);
    }

    private static int[] ReadHeader(Stream stream, string name, int rank)
    {
        Span<byte> header = stackalloc byte[4 * (1 + LargestRank)];
        header = header[..(4 * (1 + rank))];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read < 4)
            throw DataException.At(new(name), read == 0 ? "an empty file" : Bytes(read), "an IDX file");
        CheckMagic(BinaryPrimitives.ReadUInt32BigEndian(header), name, rank);
        if (read < header.Length)
            throw DataException.At(new(name), Bytes(read), $"an IDX header of {header.Length} bytes");
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * (i + 1))..]);
            if (size is 0 or > int.MaxValue)
                throw DataException.At(new(name), $"a size of {size} in its header", "at least 1 and at most 2147483647");
            dimensions[i] = (int)size;
        }

        return dimensions;
    }

    private static void CheckMagic(uint magic, string name, int rank)
    {
        uint expected = (UnsignedByte << 8) | (uint)rank;
        if (magic != expected)
            throw DataException.At(new(name), $"magic number 0x{magic:X8}", $"0x{expected:X8} (IDX, unsigned bytes, {Content(rank)})");
    }

    private static string Content(int rank) => rank switch { 1 => "labels", 3 => "images", _ => "a table" };

    private static long Product(int[] dimensions, string name)
    {
        // Each size is below 2^31 and there are at most three.
        UInt128 product = 1;
        foreach (int size in dimensions)
            product *= (uint)size;
        if (product > (UInt128)Array.MaxLength)
            throw DataException.At(new(name), $"a header of {Sizes(dimensions)} bytes", $"at most {Array.MaxLength} bytes");
        return (long)product;
    }

    private static DataException WrongLength(string name, string found, int[] dimensions) =>
        DataException.At(new(name), $"{found} after the header", $"{Sizes(dimensions)} bytes as the header says");

    private static string Sizes(int[] dimensions) =>
        string.Join(" x ", dimensions.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "byte" : "bytes")}");
}
