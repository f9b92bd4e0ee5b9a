using System.IO.Compression;
using System.Security.Cryptography;
using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class MnistSourceTests : IDisposable
{
    private const string TrainImages = "train-images-idx3-ubyte.gz";

    private static readonly Dictionary<string, byte[]> Unpacked = new()
    {
        ["train-images-idx3-ubyte"] = IdxFiles.Make([.. Enumerable.Range(0, 4000).Select(i => (byte)((i * i) + (i / 7)))], 1000, 2, 2),
        ["train-labels-idx1-ubyte"] = IdxFiles.Labels(1000),
        ["t10k-images-idx3-ubyte"] = IdxFiles.Images(30),
        ["t10k-labels-idx1-ubyte"] = IdxFiles.Labels(30),
    };

    private static readonly Dictionary<string, byte[]> Packed = Unpacked.ToDictionary(file => file.Key + ".gz", file => IdxFiles.Gzip(file.Value));

    private readonly TemporaryFolder cache = new();
    private readonly HttpClient client = new();

    public void Dispose()
    {
        client.Dispose();
        cache.Dispose();
    }

    [Fact]
    public async Task What_no_folder_has_is_downloaded_once()
    {
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name]));
        Log log = new();
        (Dataset<float> train, Dataset<float> test) = await Source(server).LoadAsync<float>(log, TestContext.Current.CancellationToken);
        Assert.Equal(("mnist", 1000, 30), (train.Name, train.Count, test.Count));
        DownloadProgress last = log.Reports.Last(report => report.File == TrainImages);
        Assert.Equal((Packed[TrainImages].Length, Packed[TrainImages].Length), (last.Received, last.Total));

        await LoadAsync(Source(server));
        Assert.Equal(Packed.Keys.Order(), server.Requests.Order());
        Assert.Empty(Directory.GetFiles(cache.Path, "*.part"));
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_ended()
    {
        using ManualResetEventSlim received = new();
        using LocalServer server = new((name, context) =>
        {
            if (name == TrainImages && !received.IsSet)
                LocalServer.BreakOff(context, Packed[name], after: 500, received);
            else
                LocalServer.Send(context, Packed[name]);
        });
        Log log = new(report =>
        {
            if (report.Received == 500)
                received.Set();
        });
        await Source(server).LoadAsync<float>(log, TestContext.Current.CancellationToken);
        Assert.Equal([TrainImages, $"{TrainImages} bytes=500-"], server.Requests.Where(request => request.StartsWith(TrainImages, StringComparison.Ordinal)));
        Assert.Equal(Packed[TrainImages], File.ReadAllBytes(cache[TrainImages]));
    }

    [Fact]
    public async Task A_part_of_an_earlier_run_is_completed()
    {
        File.WriteAllBytes(cache[TrainImages + ".part"], Packed[TrainImages][..700]);
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name]));
        await LoadAsync(Source(server));
        Assert.Contains($"{TrainImages} bytes=700-", server.Requests);
    }

    [Fact]
    public async Task A_part_that_is_whole_already_is_taken()
    {
        File.WriteAllBytes(cache[TrainImages + ".part"], Packed[TrainImages]);
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name]));
        await LoadAsync(Source(server));
        Assert.Single(server.Requests, request => request.StartsWith(TrainImages, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_everything_again()
    {
        File.WriteAllBytes(cache[TrainImages + ".part"], Packed[TrainImages][..700]);
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name], ranges: false));
        await LoadAsync(Source(server));
        Assert.Equal(Packed[TrainImages], File.ReadAllBytes(cache[TrainImages]));
    }

    /// <summary>Bytes from elsewhere than asked for would be glued behind the part; a server that sends such is left for the next one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(699)]
    [InlineData(701)]
    public async Task A_rest_that_begins_elsewhere_is_not_taken(int start)
    {
        File.WriteAllBytes(cache[TrainImages + ".part"], Packed[TrainImages][..700]);
        using LocalServer wrong = new((name, context) =>
        {
            byte[] rest = Packed[name][start..];
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {start}-{Packed[name].Length - 1}/{Packed[name].Length}";
            context.Response.ContentLength64 = rest.Length;
            context.Response.OutputStream.Write(rest);
            context.Response.Close();
        });
        using LocalServer good = new((name, context) => LocalServer.Send(context, Packed[name]));
        await LoadAsync(new MnistSource(client, Options(wrong, good)));
        Assert.Single(wrong.Requests, request => request.StartsWith(TrainImages, StringComparison.Ordinal));
        Assert.Contains($"{TrainImages} bytes=700-", good.Requests);
        Assert.Equal(Packed[TrainImages], File.ReadAllBytes(cache[TrainImages]));
    }

    /// <summary>Patience is for silence, not for the whole transfer: a slow server that keeps sending is waited for.</summary>
    [Fact]
    public async Task A_server_that_sends_slowly_is_waited_for()
    {
        using LocalServer slow = new((name, context) =>
        {
            byte[] content = Packed[name];
            context.Response.ContentLength64 = content.Length;
            int pieces = name == TrainImages ? 8 : 1;
            for (int i = 0; i < pieces; i++)
            {
                context.Response.OutputStream.Write(content.AsSpan(content.Length * i / pieces, (content.Length * (i + 1) / pieces) - (content.Length * i / pieces)));
                context.Response.OutputStream.Flush();
                if (pieces > 1)
                    Thread.Sleep(250);
            }

            context.Response.Close();
        });
        await LoadAsync(new MnistSource(client, Options(slow) with { Patience = TimeSpan.FromMilliseconds(1500) }));
        Assert.Single(slow.Requests, request => request.StartsWith(TrainImages, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_another_file_is_thrown_away_and_the_file_fetched_whole()
    {
        File.WriteAllBytes(cache[TrainImages + ".part"], new byte[700]);
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name]));
        await LoadAsync(Source(server));
        Assert.Equal([$"{TrainImages} bytes=700-", TrainImages], server.Requests.Where(request => request.StartsWith(TrainImages, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public async Task A_damaged_file_is_refused_and_not_kept(int at)
    {
        byte[] damaged = [.. Packed[TrainImages]];
        damaged[at] ^= 0x55;
        using LocalServer server = new((_, context) => LocalServer.Send(context, damaged));
        DataException error = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(server)));
        Assert.Contains("has another file", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(500)]
    public async Task A_file_that_lacks_its_end_is_refused_though_the_server_calls_it_whole(int missing)
    {
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name][..^missing]));
        DataException error = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(server)));
        Assert.Contains("has another file", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Fact]
    public async Task Another_whole_gzip_file_is_refused_by_its_sum()
    {
        byte[] other = [.. Unpacked["train-images-idx3-ubyte"]];
        other[100] ^= 1;
        using LocalServer server = new((name, context) => LocalServer.Send(context, IdxFiles.Gzip(other)));
        DataException error = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(server)));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(other)), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Fact]
    public async Task A_file_without_end_is_refused()
    {
        using LocalServer server = new((_, context) => LocalServer.Send(context, new byte[300_000]));
        DataException error = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(server)));
        Assert.Contains("sends more than the file can have", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_mirror_is_tried_and_then_stays_the_first()
    {
        using LocalServer bad = new((_, context) => LocalServer.Fail(context, 404));
        using LocalServer good = new((name, context) => LocalServer.Send(context, Packed[name]));
        await LoadAsync(Source(bad, good));
        Assert.Single(bad.Requests);
        Assert.Equal(4, good.Requests.Count);
    }

    [Fact]
    public async Task Without_a_mirror_it_says_what_to_do()
    {
        using LocalServer missing = new((_, context) => LocalServer.Fail(context, 404));
        LocalServer gone = new((_, context) => LocalServer.Fail(context, 404));
        gone.Dispose();
        DataException error = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(missing, gone)));
        Assert.Contains($"{missing.Address}{TrainImages} answers 404", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{gone.Address}{TrainImages} cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains($"into {cache.Path}, or name their folder in AUTODIFFLSR_DATA; the built-in data set digits needs no download", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_silent_server_is_left()
    {
        using SemaphoreSlim end = new(0);
        using LocalServer silent = new((_, _) => end.Wait());
        using LocalServer good = new((name, context) => LocalServer.Send(context, Packed[name]));
        MnistSource source = new(client, Options(silent, good) with { Patience = TimeSpan.FromMilliseconds(400) });
        await LoadAsync(source);
        end.Release();
        Assert.Single(silent.Requests);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_its_part()
    {
        using CancellationTokenSource cancel = new();
        using LocalServer server = new((name, context) =>
        {
            context.Response.ContentLength64 = Packed[name].Length;
            context.Response.OutputStream.Write(Packed[name].AsSpan(0, 300));
            context.Response.OutputStream.Flush();
        });
        Log log = new(report =>
        {
            if (report.Received == 300)
                cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Source(server).LoadAsync<float>(log, cancel.Token));
        Assert.Equal(Packed[TrainImages][..300], File.ReadAllBytes(cache[TrainImages + ".part"]));
    }

    [Fact]
    public void Folders_are_looked_into_in_their_order()
    {
        using TemporaryFolder given = new();
        using TemporaryFolder environment = new();
        MnistOptions options = new() { Folder = given.Path, EnvironmentFolder = environment.Path, CacheFolder = cache.Path };
        Assert.Null(new MnistSource(client, options).Locate());
        IdxFiles.WriteFolder(cache.Path);
        Assert.Null(new MnistSource(client, options).Locate());
        Assert.Equal(cache.Path, new MnistSource(client, options with { Folder = null }).Locate());
        IdxFiles.WriteFolder(Directory.CreateDirectory(environment["mnist"]).FullName);
        Assert.Equal(environment["mnist"], new MnistSource(client, options with { Folder = null }).Locate());
        IdxFiles.WriteFolder(given.Path);
        Assert.Equal(given.Path, new MnistSource(client, options).Locate());
    }

    [Fact]
    public async Task A_given_folder_without_the_files_is_an_error_and_no_download()
    {
        using TemporaryFolder given = new();
        using LocalServer server = new((name, context) => LocalServer.Send(context, Packed[name]));
        DataException error = await Assert.ThrowsAsync<DataException>(
            () => LoadAsync(new MnistSource(client, Options(server) with { Folder = given.Path })));
        Assert.Contains($"{given.Path}: found no file train-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void The_known_sums_are_those_of_the_real_files()
    {
        string folder = SharedData.Require("mnist");
        foreach (MnistFile file in new MnistOptions().Files)
        {
            using FileStream packed = File.OpenRead(Path.Combine(folder, file.Name + ".gz"));
            using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using MemoryStream content = new();
            unpacked.CopyTo(content);
            Assert.Equal(file.Length, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
        }
    }

    private static Task<TrainTestSplit<float>> LoadAsync(MnistSource source) =>
        source.LoadAsync<float>(cancellation: TestContext.Current.CancellationToken);

    private MnistSource Source(params LocalServer[] servers) => new(client, Options(servers));

    private MnistOptions Options(params LocalServer[] servers) => new()
    {
        EnvironmentFolder = null,
        CacheFolder = cache.Path,
        Mirrors = [.. servers.Select(server => server.Address)],
        Files = [.. Unpacked.Select(file => new MnistFile(file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value))))],
    };

    private sealed class Log(Action<DownloadProgress>? action = null) : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Reports { get; } = [];

        public void Report(DownloadProgress value)
        {
            Reports.Add(value);
            action?.Invoke(value);
        }
    }
}
