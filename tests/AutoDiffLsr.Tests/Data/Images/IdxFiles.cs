using System.Buffers.Binary;
using System.IO.Compression;

namespace AutoDiffLsr.Tests.Data;

/// <summary>IDX files made for tests.</summary>
internal static class IdxFiles
{
    public static byte[] Make(byte[] values, params int[] dimensions)
    {
        byte[] file = new byte[4 + (4 * dimensions.Length) + values.Length];
        file[2] = 0x08;
        file[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), dimensions[i]);
        values.CopyTo(file, 4 + (4 * dimensions.Length));
        return file;
    }

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Images of 2 x 2 whose pixels are the sample's number, labels 0, 1, 2, 0, ...</summary>
    public static void WriteFolder(string folder, int train = 6, int test = 3, Func<string, string>? spell = null, bool gzip = false)
    {
        spell ??= name => name;
        Write("train-images-idx3-ubyte", Images(train));
        Write("train-labels-idx1-ubyte", Labels(train));
        Write("t10k-images-idx3-ubyte", Images(test));
        Write("t10k-labels-idx1-ubyte", Labels(test));

        void Write(string name, byte[] content) =>
            File.WriteAllBytes(Path.Combine(folder, spell(name) + (gzip ? ".gz" : "")), gzip ? Gzip(content) : content);
    }

    public static byte[] Images(int count) => Make([.. Enumerable.Range(0, 4 * count).Select(i => (byte)(i / 4))], count, 2, 2);

    public static byte[] Labels(int count) => Make([.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))], count);
}
