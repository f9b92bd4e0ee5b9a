using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;

namespace AutoDiffLsr.Formats;

/// <summary>
/// Writes the weights of a layer for NumPy: a zip file of one .npy array each, under the names and in the shapes of PyTorch's <c>state_dict</c>
/// (<c>np.load(path)["0.weight"]</c>). Written here because it takes less than a page; there is no reader, so none can be attacked.
/// </summary>
public static class Npz
{
    /// <summary>The first moment that a zip file can name: the same weights give the same bytes.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Saves the weights of a layer.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="layer">The layer, most often a <see cref="Sequential{T}"/>.</param>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public static void Save<T>(Layer<T> layer, string path)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        OutputFile.Write(path, stream => Write(new LayerState<T>(layer), stream));
    }

    private static void Write<T>(LayerState<T> state, Stream stream)
        where T : struct, IFloatingPointIeee754<T>
    {
        ByteOrder.RequireLittleEndian();
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        state.ForEach(
            (name, shape, values) => Write(archive, name, typeof(T) == typeof(float) ? "<f4" : "<f8", shape, MemoryMarshal.AsBytes<T>(values)),
            (name, value) => Write(archive, name, "<i8", [], MemoryMarshal.AsBytes([value])));
    }

    private static void Write(ZipArchive archive, string name, string type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        stream.Write(Header(type, shape));
        stream.Write(bytes);
    }

    /// <summary>Version 1.0 of the format (numpy.org, numpy.lib.format): a Python dictionary as text, filled up so that the array begins at a multiple of 64.</summary>
    private static byte[] Header(string type, long[] shape)
    {
        const int Start = 10;
        string sizes = shape.Length == 1 ? FormattableString.Invariant($"{shape[0]},") : string.Join(", ", shape);
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = ((Start + text.Length + 1 + 63) / 64 * 64) - Start;
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n")];
        return header;
    }
}
