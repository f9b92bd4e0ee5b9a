using System.Buffers.Binary;

namespace AutoDiffLsr.Data;

/// <summary>
/// The end of a gzip file: the check sum and the length of its content. GZipStream verifies them where they are, but takes a file that was
/// cut off before them for whole.
/// </summary>
internal static class GzipTrailer
{
    private const int LengthBytes = 4;

    /// <summary>Whether the stream ends with this length of its unpacked content.</summary>
    public static bool Matches(Stream packed, long unpackedLength)
    {
        Span<byte> trailer = stackalloc byte[LengthBytes];
        packed.Seek(-LengthBytes, SeekOrigin.End);
        packed.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)unpackedLength;
    }
}
