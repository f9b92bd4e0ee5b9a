using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cluster;
using AutoDiffLsr.Cluster.Wire;
using AutoDiffLsr.Cluster.Work;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Tests.Cli;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cluster;

/// <summary>Workers inside the test's process, with cells of its own, and what is refused.</summary>
public sealed class WorkerTests : IDisposable
{
    private const string Version = "1.2.3, build test";

    private static readonly string[] Search = ["search", "--data", "blobs", "--rows", "60", "--population", "2", "--generations", "1", "--steps", "5", "--meta-steps", "2", "--quiet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cells_are_done_by_all_threads_and_data_comes_once()
    {
        EchoKind kind = new();
        await using RunningWorker worker = await RunningWorker.Start(kind, threads: 2);
        EchoContext context = new(new CellData([.. Enumerable.Range(0, 3_000_000).Select(i => (byte)i)]));
        List<CellOutcome> outcomes = [];
        double advanced = 0;
        using (ClusterPlace place = worker.Connect())
        {
            for (int round = 0; round < 2; round++)
                place.Run(context, [.. Enumerable.Range(0, 20).Select(i => new CellWork($"cell {round} {i}", $"work {i}"))], outcomes.Add, share => advanced += share, TestContext.Current.CancellationToken);
        }

        Assert.Equal(40, outcomes.DistinctBy(outcome => outcome.Cell.Name).Count());
        Assert.All(outcomes, outcome => Assert.Equal($"\"{outcome.Cell.Work} {context.Data.Hash}\"", outcome.Result));
        Assert.All(outcomes, outcome => Assert.Equal(Processor.Kind, outcome.Processor));
        Assert.Equal(40, advanced);
        Assert.Equal(1, kind.Opened);
        Assert.Equal(40, await worker.Stop());
    }

    [Fact]
    public async Task A_cell_that_fails_is_named_with_its_worker_and_the_reason()
    {
        await using RunningWorker worker = await RunningWorker.Start(new EchoKind(), threads: 1);
        using ClusterPlace place = worker.Connect();
        ClusterException error = Assert.Throws<ClusterException>(() =>
            place.Run(new EchoContext(new CellData([1])), [new CellWork("the bad one", "fail")], _ => { }, null, TestContext.Current.CancellationToken));
        Assert.Equal($"the worker at {worker.Address} could not do the cell 'the bad one': InvalidOperationException: asked to", error.Message);
    }

    [Fact]
    public async Task What_a_caller_cancels_is_stopped_on_the_worker()
    {
        EchoKind kind = new();
        await using RunningWorker worker = await RunningWorker.Start(kind, threads: 1);
        using ClusterPlace place = worker.Connect();
        using CancellationTokenSource source = new();
        Task run = Task.Run(() => place.Run(new EchoContext(new CellData([1])), [new CellWork("endless", "wait")], _ => { }, null, source.Token), TestContext.Current.CancellationToken);
        await kind.Waiting.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await kind.Stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_worker_of_another_version_is_refused_with_both_versions()
    {
        await using RunningWorker worker = await RunningWorker.Start(new EchoKind(), threads: 1);
        string line = CommandLine.Run([.. Search, "--output", folder["run"], "--cluster", worker.Address]).Error;
        Assert.Contains($"worker {worker.Address}: it is of version {Version}, but this program is of version 0.1.0", line, StringComparison.Ordinal);
        Assert.Contains("work on this machine needs none", line, StringComparison.Ordinal);
        Assert.Empty(File.ReadAllText(Path.Combine(folder["run"], "cells.jsonl")));
    }

    [Fact]
    public void A_cluster_that_cannot_be_reached_is_named_with_what_was_tried()
    {
        int[] ports = WorkerProcess.FreePorts(2);
        CommandLine refused = CommandLine.Run([.. Search, "--output", folder["run"], "--cluster", $"127.0.0.1:{ports[0]},localhost:{ports[1]}"]);
        Assert.Equal(2, refused.ExitCode);
        string line = refused.Error.TrimEnd('\n').Split('\n')[^1];
        Assert.Matches($"^autodiff-lsr: --cluster 127.0.0.1:{ports[0]},localhost:{ports[1]} cannot be used: .*127.0.0.1:{ports[0]}: Connection refused.*127.0.0.1:{ports[1]}: Connection refused.*leave out --cluster", line);
        CommandLine redis = CommandLine.Run([.. Search, "--output", folder["run"], "--cluster", $"redis:127.0.0.1:{ports[0]},connectTimeout=500,connectRetry=0"]);
        Assert.Equal(2, redis.ExitCode);
        Assert.Contains($"redis:127.0.0.1:{ports[0]} does not answer as Redis does", redis.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_answers_but_is_no_worker_is_said_to_be_none()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        _ = Task.Run(async () =>
        {
            for (; ; )
            {
                using TcpClient client = await other.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            }
        });
        ClusterSettings settings = new(ClusterAddress.Parse($"{other.LocalEndpoint}"), null, Version) { Patience = TimeSpan.FromSeconds(2) };
        Assert.Contains(
            $"{other.LocalEndpoint}: something answers there, but not as a worker of this program", Assert.Throws<ClusterException>(() => ClusterPlace.Connect(settings, _ => { }, default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cluster", "nonsense", "'nonsense' is no address of a worker: write HOST:PORT")]
    [InlineData("--cluster", "127.0.0.1:99999", "'127.0.0.1:99999' is no address of a worker")]
    [InlineData("--cluster", "redis:", "'redis:' names no server")]
    [InlineData("--cluster", "192.0.2.7:11000", "192.0.2.7 is another machine: connections to it need certificates")]
    [InlineData("--tls-certificate", "a.pem", "certificates need both --tls-certificate and --tls-authority")]
    public void A_wrong_cluster_is_refused(string option, string value, string message) =>
        Assert.Contains(message, CommandLine.Run([.. Search, "--output", folder["run"], option, value]).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--listen", "192.0.2.7", "a worker that listens on 192.0.2.7 can be reached by others: give certificates")]
    [InlineData("--listen", "somewhere", "--listen 'somewhere' is no address")]
    [InlineData("--cluster", "127.0.0.1:11000", "is no Redis server")]
    [InlineData("--silo-port", "11000", "port 11000 is both for callers and for other workers")]
    public void A_wrong_worker_is_refused(string option, string value, string message) =>
        Assert.Contains(message, CommandLine.Run("worker", option, value).Refusal(), StringComparison.Ordinal);

    [Fact]
    public void A_password_of_Redis_is_kept_nowhere()
    {
        Assert.Equal("redis:host:6379,...", CommandRecord.WithoutPassword("redis:host:6379,password=secret"));
        Assert.Equal("redis:host:6379", CommandRecord.WithoutPassword("redis:host:6379"));
        Assert.Equal("redis:host:6379", ClusterAddress.Parse("redis:host:6379,password=secret").Text);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Assert.Contains($"cannot listen on {other.LocalEndpoint}", CommandLine.Run("worker", "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_certificates_only_those_of_the_same_authority_talk_to_each_other()
    {
        using Authority ours = new("ours"), theirs = new("theirs");
        TlsFiles certificates = ours.Issue(folder, "worker"), caller = ours.Issue(folder, "caller"), stranger = theirs.Issue(folder, "stranger");
        await using RunningWorker worker = await RunningWorker.Start(new EchoKind(), threads: 1, certificates);
        using (ClusterPlace place = worker.Connect(caller))
        {
            List<CellOutcome> outcomes = [];
            place.Run(new EchoContext(new CellData([1])), [new CellWork("cell", "work")], outcomes.Add, null, TestContext.Current.CancellationToken);
            Assert.Single(outcomes);
        }

        Assert.Contains("is it a worker with certificates of the same authority?", Assert.Throws<ClusterException>(() => worker.Connect(stranger)).Message, StringComparison.Ordinal);
        Assert.Contains("a worker with certificates needs --tls-certificate", Assert.Throws<ClusterException>(() => worker.Connect()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_is_not_what_its_hash_says_is_not_kept()
    {
        DataShelf shelf = new();
        byte[] content = [1, 2, 3, 4, 5];
        string hash = CellData.HashOf(content);
        Assert.Null(shelf.Put("caller", hash, 5, 0, content.AsSpan(0, 3)));
        Assert.Contains("was announced as", shelf.Put("caller", hash, 5, 3, [4, 6]), StringComparison.Ordinal);
        Assert.Null(shelf.Find(hash));
        Assert.Equal("a part came without the parts before it", shelf.Put("caller", hash, 5, 3, [4, 5]));
        Assert.Contains("does not fit", shelf.Put("caller", hash, 5, 4, [4, 5]), StringComparison.Ordinal);
        Assert.Null(shelf.Put("caller", hash, 5, 0, content));
        Assert.Equal(content, shelf.Find(hash)!.Content);
        for (byte i = 0; i < DataShelf.Most; i++)
            Assert.Null(shelf.Put("caller", CellData.HashOf([i]), 1, 0, [i]));
        Assert.Null(shelf.Find(hash));
    }

    [Fact]
    public void Only_plain_values_and_sealed_contracts_of_Orleans_are_on_the_wire()
    {
        Type[] plain = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(byte[])];
        Type[] types = [.. typeof(IWorkerGrain).GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(Unwrapped(method.ReturnType)))];
        Type[] contracts = [.. types.Where(type => type != typeof(Task) && !plain.Contains(type)).Distinct()];
        Assert.Equal(3, contracts.Length);
        Assert.All(contracts, type =>
        {
            Assert.True(type.IsSealed && type.GetCustomAttribute<GenerateSerializerAttribute>() is not null, type.Name);
            Assert.All(type.GetProperties(BindingFlags.Instance | BindingFlags.Public), property => Assert.Contains(property.PropertyType, plain));
        });

        static Type Unwrapped(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;
    }

    [Fact]
    public void A_comparison_on_a_worker_finds_what_one_here_finds()
    {
        string[] compare = ["compare", "--data", "blobs", "--losses", "ce,lsr", "--seeds", "2", "--epochs", "2", "--hidden", "8", "--label-noise", "0,0.2", "--train-size", "100"];
        Assert.Equal(0, CommandLine.Run([.. compare, "--output", folder["here"]]).ExitCode);
        WorkerProcess[] workers = WorkerProcess.Start(folder.Path, 1);
        using (workers[0])
        {
            CommandLine there = CommandLine.Run([.. compare, "--output", folder["there"], "--cluster", workers[0].Address]);
            Assert.True(there.ExitCode == 0, there.Error);
        }

        string[] files = [.. Directory.GetFiles(Path.Combine(folder["here"], "cells")).Select(file => Path.GetFileName(file)!).Order()];
        Assert.Equal(8, files.Length);
        Assert.All(files, file => Assert.Equal(WithoutTime(Path.Combine(folder["here"], "cells", file)), WithoutTime(Path.Combine(folder["there"], "cells", file))));
    }

    private static string WithoutTime(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement root = document.RootElement;
        return string.Join('\n', root.EnumerateObject().SelectMany(item => item.Name == "measures"
            ? item.Value.EnumerateObject().Where(measure => measure.Name != "seconds").Select(measure => $"{measure.Name} {measure.Value.GetRawText()}")
            : [$"{item.Name} {item.Value.GetRawText()}"]));
    }

    /// <summary>A worker that runs until it is disposed of.</summary>
    private sealed class RunningWorker : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private Task<int> run = Task.FromResult(0);

        public string Address { get; private init; } = "";

        public static async Task<RunningWorker> Start(ICellKind kind, int threads, TlsFiles? tls = null)
        {
            int[] ports = WorkerProcess.FreePorts(2);
            RunningWorker worker = new() { Address = $"127.0.0.1:{ports[0]}" };
            TaskCompletionSource ready = new();
            worker.run = Task.Run(() => Worker.RunAsync(
                new WorkerSettings { Port = ports[0], SiloPort = ports[1], Threads = threads, Version = Version, Tls = tls }, [kind], ready.SetResult, worker.stop.Token));
            await await Task.WhenAny(ready.Task, worker.run);
            return worker;
        }

        public ClusterPlace Connect(TlsFiles? tls = null) =>
            ClusterPlace.Connect(new ClusterSettings(ClusterAddress.Parse(Address), tls, Version) { Patience = TimeSpan.FromSeconds(4) }, _ => { }, TestContext.Current.CancellationToken);

        public async Task<int> Stop()
        {
            await stop.CancelAsync();
            return await run;
        }

        public async ValueTask DisposeAsync()
        {
            await Stop();
            stop.Dispose();
        }
    }

    /// <summary>Cells that say what they were asked, and of which data.</summary>
    private sealed class EchoContext(CellData data, EchoKind? kind = null) : ICellContext
    {
        public string Kind => "echo";

        public string Settings => "settings";

        public CellData Data => data;

        public string Run(string work, Action<double>? advance, CancellationToken cancellation)
        {
            if (work == "fail")
                throw new InvalidOperationException("asked to");
            if (work == "wait")
            {
                kind!.Waiting.TrySetResult();
                cancellation.WaitHandle.WaitOne();
                kind.Stopped.TrySetResult();
                cancellation.ThrowIfCancellationRequested();
            }

            return $"\"{work} {data.Hash}\"";
        }
    }

    private sealed class EchoKind : ICellKind
    {
        public string Name => "echo";

        public int Opened { get; private set; }

        public TaskCompletionSource Waiting { get; } = new();

        public TaskCompletionSource Stopped { get; } = new();

        public ICellContext Open(string settings, CellData data)
        {
            Opened++;
            return new EchoContext(data, this);
        }
    }

    /// <summary>Signs certificates for a test.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 own;

        public Authority(string name)
        {
            CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        }

        public TlsFiles Issue(TemporaryFolder folder, string name)
        {
            using ECDsa issued = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new($"CN={name}", issued, HashAlgorithmName.SHA256);
            using X509Certificate2 certificate = request.Create(own, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), Guid.NewGuid().ToByteArray());
            File.WriteAllText(folder[$"{name}.pem"], certificate.ExportCertificatePem());
            File.WriteAllText(folder[$"{name}.key"], issued.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(folder[$"{name}-authority.pem"], own.ExportCertificatePem());
            return TlsFiles.Read(folder[$"{name}.pem"], folder[$"{name}.key"], folder[$"{name}-authority.pem"]);
        }

        public void Dispose()
        {
            own.Dispose();
            key.Dispose();
        }
    }
}
