using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>A picture as a PNG inside of a page (ISO/IEC 15948, with 8 bits a channel and no filter).</summary>
internal static class PngImage
{
    private const byte Grey = 0, Rgb = 2;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Grey pixels, row by row from the top.</summary>
    public static string GreyDataUri(ReadOnlySpan<byte> pixels, int width, int height) => DataUri(pixels, width, height, Grey, 1);

    /// <summary>Red, green and blue of each pixel, row by row from the top.</summary>
    public static string RgbDataUri(ReadOnlySpan<byte> pixels, int width, int height) => DataUri(pixels, width, height, Rgb, 3);

    private static string DataUri(ReadOnlySpan<byte> pixels, int width, int height, byte colourType, int channels)
    {
        using MemoryStream png = new();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, colourType);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Compress(pixels, width * channels));
        WriteChunk(png, "IEND", []);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }

    /// <summary>Each row behind a 0, which says that it is not filtered.</summary>
    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.SmallestSize))
        {
            for (int start = 0; start < pixels.Length; start += rowLength)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, rowLength));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, CyclicRedundancyCheck(body));
        png.Write(number);
    }

    /// <summary>CRC-32 with the polynomial 0xEDB88320, bit by bit: the pictures are small.</summary>
    private static uint CyclicRedundancyCheck(ReadOnlySpan<byte> data)
    {
        uint remainder = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        }

        return ~remainder;
    }
}
