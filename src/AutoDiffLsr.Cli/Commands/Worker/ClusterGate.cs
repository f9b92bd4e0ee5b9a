using System.Net;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cluster;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Worker;

/// <summary>
/// The only part of the tool that knows the cluster: nothing of Orleans is loaded before one of its methods runs. In the native tool, which has no Orleans, it
/// is another file.
/// </summary>
internal static class ClusterGate
{
    /// <summary>All that results depend on.</summary>
    private static string Version { get; } = ProgramVersion.Of(typeof(ClusterGate).Assembly, typeof(Tape<>).Assembly, typeof(ICellPlace).Assembly, typeof(ClusterPlace).Assembly);

    /// <summary>Connects to workers.</summary>
    /// <exception cref="UsageException">The address is none, or no worker can be used.</exception>
    public static ICellPlace Connect(ClusterChoice choice, Messages messages, CancellationToken cancellation)
    {
        ClusterAddress address = Parse(choice.Address);
        try
        {
            if (choice.Tls is null && address.Workers.FirstOrDefault(worker => !IsLoopback(worker.Host)) is { } far)
                throw new ClusterException($"{far.Host} is another machine: connections to it need certificates (--tls-certificate and --tls-authority)");
            return ClusterPlace.Connect(new ClusterSettings(address, TlsOf(choice.Tls), Version), messages.Note, cancellation);
        }
        catch (ClusterException error)
        {
            throw new UsageException($"--cluster {address.Text} cannot be used: {error.Message}. Start workers with 'autodiff-lsr worker', or leave out --cluster: work on this machine needs none", error);
        }
    }

    /// <summary>Is a worker until it is cancelled.</summary>
    /// <exception cref="UsageException">It cannot be one as asked for.</exception>
    public static void RunWorker(WorkerPlan plan, IReadOnlyList<ICellKind> kinds, Messages messages, CancellationToken cancellation)
    {
        ClusterAddress? directory = plan.Directory is null ? null : Parse(plan.Directory);
        if (directory is { Redis: null })
            throw new UsageException($"--cluster {plan.Directory} is no Redis server: a worker enters its address there (redis:HOST:PORT); without --cluster, callers name it");
        try
        {
            WorkerSettings settings = new()
            {
                Listen = plan.Listen,
                Port = plan.Port,
                SiloPort = plan.SiloPort,
                Directory = directory,
                Threads = plan.Threads,
                Tls = TlsOf(plan.Tls),
                Version = Version,
            };
            int done = AutoDiffLsr.Cluster.Worker.RunAsync(
                settings,
                kinds,
                () => messages.Line($"worker at {new IPEndPoint(plan.Listen, plan.Port)}: {plan.Threads} at once, {Processor.Kind}, version {Version}"),
                cancellation).GetAwaiter().GetResult();
            messages.Line($"{done} cell{(done == 1 ? "" : "s")} done");
        }
        catch (ClusterException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static ClusterAddress Parse(string text)
    {
        try
        {
            return ClusterAddress.Parse(text);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--cluster: {error.Message}", error);
        }
    }

    private static TlsFiles? TlsOf(TlsSettings? files) => files is null ? null : TlsFiles.Read(files.Certificate, files.Key, files.Authority);

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out IPAddress? number) && IPAddress.IsLoopback(number));
}
