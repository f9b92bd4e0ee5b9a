using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class NpzTests
{
    [Fact]
    public void Arrays_are_as_the_format_says()
    {
        using TemporaryFolder folder = new();
        Dense<float> dense = new(3, 2, new RandomSource(1));
        BatchNorm<float> norm = new(2);
        Npz.Save(new Sequential<float>(dense, norm), folder["w.npz"]);
        using ZipArchive archive = ZipFile.OpenRead(folder["w.npz"]);
        Assert.Equal(
            ["0.weight.npy", "0.bias.npy", "1.weight.npy", "1.bias.npy", "1.running_mean.npy", "1.running_var.npy", "1.num_batches_tracked.npy"],
            archive.Entries.Select(entry => entry.FullName));

        // Row by row, outputs x inputs.
        Check(archive.GetEntry("0.weight.npy")!, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", [.. dense.Weight.Value.ToColumnMajorArray().SelectMany(BitConverter.GetBytes)]);
        Check(archive.GetEntry("0.bias.npy")!, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", [.. dense.Bias!.Value.ToColumnMajorArray().SelectMany(BitConverter.GetBytes)]);
        Check(archive.GetEntry("1.num_batches_tracked.npy")!, "{'descr': '<i8', 'fortran_order': False, 'shape': (), }", new byte[8]);
    }

    [Fact]
    public void NumPy_loads_the_arrays()
    {
        using TemporaryFolder folder = new();
        Dense<double> dense = new(3, 2, new RandomSource(1));
        Npz.Save(dense, folder["w.npz"]);
        string[] words = PyTorch.Run("import sys, numpy; w = numpy.load(sys.argv[1])['weight']; print(w.dtype, w.shape[0], w.shape[1], *[repr(float(v)) for v in w.flatten()])", folder["w.npz"]);
        Assert.Equal(["float64", "2", "3"], words[..3]);
        Assert.Equal(dense.Weight.Value.ToColumnMajorArray(), words[3..].Select(word => double.Parse(word, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        Npz.Save(new Dense<double>(3, 2, new RandomSource(1)), folder["a"]);
        Npz.Save(new Dense<double>(3, 2, new RandomSource(1)), folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    private static void Check(ZipArchiveEntry entry, string dictionary, byte[] values)
    {
        using MemoryStream content = new();
        using (Stream stream = entry.Open())
            stream.CopyTo(content);
        byte[] bytes = content.ToArray();
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        int start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, start % 64);
        string header = Encoding.ASCII.GetString(bytes[10..start]);
        Assert.Equal(dictionary, header.TrimEnd());
        Assert.EndsWith("\n", header, StringComparison.Ordinal);
        Assert.Equal(values, bytes[start..]);
    }
}
