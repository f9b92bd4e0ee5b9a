using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

/// <summary>CIFAR's binary files, as the tests make them: the real ones are some hundred megabytes.</summary>
public sealed class CifarTests
{
    private const int Pixels = 3072;

    [Fact]
    public void CIFAR_10_is_read_from_its_folder_record_by_record()
    {
        using TemporaryFolder folder = new();
        WriteCifar10(folder["cifar-10-batches-bin"]);
        foreach (string place in new[] { folder["cifar-10-batches-bin"], Path.GetDirectoryName(folder["x"])! })
        {
            (Dataset<float> train, Dataset<float> test) = CifarReader.Read<float>(place);
            Assert.Equal(("cifar10", 15, 2, 10), (train.Name, train.Count, test.Count, train.Classes));
            Assert.Equal(new ImageSize(32, 32, 3), train.ImageSize);
            Assert.Equal(["airplane", "automobile"], train.ClassNames.Take(2));

            // Record r of file f has label (f + r) mod 10 and at byte b the level (f + r + b) mod 256.
            Assert.Equal((3 + 1) % 10, train.Labels[(3 * 3) + 1]);
            Assert.Equal((3 + 1 + 2000) % 256 / 255f, train.Sample((3 * 3) + 1)[2000]);
            Assert.Equal((5 + 1) % 10, test.Labels[1]);
        }
    }

    [Fact]
    public void CIFAR_100_has_its_fine_labels_and_their_names()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["train.bin"], [.. Record([7, 99], 0), .. Record([3, 42], 1)]);
        File.WriteAllBytes(folder["test.bin"], Record([0, 1], 2));
        File.WriteAllLines(folder["fine_label_names.txt"], Enumerable.Range(0, 100).Select(i => $"class {i}"));
        (Dataset<double> train, Dataset<double> test) = CifarReader.Read<double>(Path.GetDirectoryName(folder["x"])!);
        Assert.Equal([99, 42], train.Labels);
        Assert.Equal([1], test.Labels);
        Assert.Equal("class 42", train.ClassNames[42]);
        Assert.Equal("cifar100", train.Name);
    }

    [Fact]
    public void The_archive_is_read_as_it_is_downloaded()
    {
        using TemporaryFolder folder = new();
        WriteArchive(folder, folder["cifar-10-binary.tar.gz"]);
        (Dataset<float> train, _) = CifarReader.Read<float>(folder["cifar-10-binary.tar.gz"]);
        Assert.Equal(15, train.Count);
        Assert.Equal((2 + 2 + 3071) % 256 / 255f, train.Sample((2 * 3) + 2)[3071]);
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        using TemporaryFolder folder = new();
        Contains($"expected a folder with data_batch_1.bin (cifar10) or train.bin (cifar100)", folder["nowhere"]);
        WriteCifar10(folder["a"]);
        File.WriteAllBytes(Path.Combine(folder["a"], "data_batch_2.bin"), new byte[3073 + 5]);
        Contains("data_batch_2.bin: found 3078 bytes, expected whole records of 3073 bytes, as cifar10 has", folder["a"]);
        WriteCifar10(folder["b"]);
        File.WriteAllBytes(Path.Combine(folder["b"], "data_batch_3.bin"), [.. Record([1], 0), .. Record([10], 0)]);
        Contains("data_batch_3.bin: found label 10 in record 2, expected one of 0..9", folder["b"]);
        WriteCifar10(folder["c"]);
        File.Delete(Path.Combine(folder["c"], "data_batch_4.bin"));
        Contains("data_batch_4.bin: found no such file", folder["c"]);
        WriteArchive(folder, folder["cifar-10-binary.tar.gz"]);
        byte[] whole = File.ReadAllBytes(folder["cifar-10-binary.tar.gz"]);
        File.WriteAllBytes(folder["cifar-10-binary.tar.gz"], whole[..(whole.Length / 2)]);
        DataException error = Assert.Throws<DataException>(() => CifarReader.Read<float>(folder["cifar-10-binary.tar.gz"]));
        Assert.Contains("cifar-10-binary.tar.gz", error.Message, StringComparison.Ordinal);

        static void Contains(string part, string place) => Assert.Contains(part, Assert.Throws<DataException>(() => CifarReader.Read<float>(place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_ended_and_is_checked()
    {
        using TemporaryFolder folder = new();
        WriteArchive(folder, folder["served"]);
        byte[] archive = await File.ReadAllBytesAsync(folder["served"], TestContext.Current.CancellationToken);
        using LocalServer server = new((name, context) => LocalServer.Send(context, name == "cifar-10-binary.tar.gz" ? archive : []));
        using HttpClient client = new();
        CifarOptions options = new(CifarKind.Cifar10)
        {
            EnvironmentFolder = null,
            CacheFolder = folder["cache"],
            Mirrors = [server.Address],
            Length = archive.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(archive)),
        };
        Directory.CreateDirectory(folder["cache"]);
        await File.WriteAllBytesAsync(Path.Combine(folder["cache"], "cifar-10-binary.tar.gz.part"), archive[..1000], TestContext.Current.CancellationToken);
        CifarSource source = new(client, options);
        Assert.Null(source.Locate());
        Assert.Equal(15, (await source.LoadAsync<float>(cancellation: TestContext.Current.CancellationToken)).Train.Count);
        Assert.Equal(folder["cache"], source.Locate());
        Assert.Equal(["cifar-10-binary.tar.gz bytes=1000-"], server.Requests);

        File.Delete(Path.Combine(folder["cache"], "cifar-10-binary.tar.gz"));
        DataException error = await Assert.ThrowsAsync<DataException>(() => new CifarSource(client, options with { Sha256 = "00" }).LoadAsync<float>(cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("has another file", error.Message, StringComparison.Ordinal);
        Assert.Contains("Put cifar-10-binary.tar.gz into", error.Message, StringComparison.Ordinal);
    }

    internal static void WriteCifar10(string folder)
    {
        Directory.CreateDirectory(folder);
        for (int file = 0; file < 6; file++)
        {
            int records = file < 5 ? 3 : 2;
            File.WriteAllBytes(
                Path.Combine(folder, file < 5 ? $"data_batch_{file + 1}.bin" : "test_batch.bin"),
                [.. Enumerable.Range(0, records).SelectMany(record => Record([(byte)((file + record) % 10)], file + record))]);
        }
    }

    private static byte[] Record(byte[] labels, int first) => [.. labels, .. Enumerable.Range(0, Pixels).Select(i => (byte)(first + i))];

    private static void WriteArchive(TemporaryFolder folder, string path)
    {
        WriteCifar10(folder["tar/cifar-10-batches-bin"]);
        using FileStream file = File.Create(path);
        using GZipStream packed = new(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(folder["tar"], packed, includeBaseDirectory: false);
    }
}
