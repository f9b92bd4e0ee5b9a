using System.Buffers.Binary;
using System.Text;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Tests.Formats;

/// <summary>safetensors files made by hand, byte by byte, not by the writer that is tested.</summary>
internal static class SafetensorsFiles
{
    public static byte[] Make(string header, params byte[][] data) => Make(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Make(byte[] header, params byte[][] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data.SelectMany(bytes => bytes)];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(value => Bytes(BitConverter.SingleToUInt32Bits(value), 4))];

    public static byte[] Doubles(params double[] values) => [.. values.SelectMany(value => Bytes(BitConverter.DoubleToUInt64Bits(value), 8))];

    public static byte[] Longs(params long[] values) => [.. values.SelectMany(value => Bytes((ulong)value, 8))];

    public static SafetensorsReader Open(byte[] file) => new(new MemoryStream(file), "file");

    private static IEnumerable<byte> Bytes(ulong bits, int count) => Enumerable.Range(0, count).Select(i => (byte)(bits >> (8 * i)));
}
