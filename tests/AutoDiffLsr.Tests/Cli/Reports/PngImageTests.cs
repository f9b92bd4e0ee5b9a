using System.Buffers.Binary;
using System.IO.Compression;
using AutoDiffLsr.Cli.Reports;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Reports;

public sealed class PngImageTests
{
    [Fact]
    public void The_pixels_come_back()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6];
        const string Prefix = "data:image/png;base64,";
        string uri = PngImage.GreyDataUri(pixels, 3, 2);
        Assert.StartsWith(Prefix, uri, StringComparison.Ordinal);
        byte[] png = Convert.FromBase64String(uri[Prefix.Length..]);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal((3, 2), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using MemoryStream raw = new();
        using (ZLibStream zlib = new(new MemoryStream(png, 41, length), CompressionMode.Decompress))
            zlib.CopyTo(raw);
        Assert.Equal([0, 1, 2, 3, 0, 4, 5, 6], raw.ToArray());
    }

    [Fact]
    public void The_end_chunk_has_its_known_check_sum() // ISO/IEC 15948: IEND is always 00000000 49454E44 AE426082
    {
        byte[] png = Convert.FromBase64String(PngImage.RgbDataUri(new byte[12], 2, 2)["data:image/png;base64,".Length..]);
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
    }
}
