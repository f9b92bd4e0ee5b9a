using System.Net;
using System.Net.Sockets;
using AutoDiffLsr.Cluster.Work;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace AutoDiffLsr.Cluster;

/// <summary>A silo of Orleans that does cells for callers.</summary>
public static class Worker
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5), JoinPatience = TimeSpan.FromSeconds(20), LongestCell = TimeSpan.FromDays(20);

    /// <summary>Runs a worker until it is cancelled.</summary>
    /// <param name="settings">How.</param>
    /// <param name="kinds">What it can do.</param>
    /// <param name="ready">Is called when callers can connect.</param>
    /// <param name="cancellation">Ends it; what it does is then lost, and done again elsewhere.</param>
    /// <returns>How many cells it did.</returns>
    /// <exception cref="ClusterException">It cannot listen, would listen without certificates on an address that others reach, or cannot reach Redis.</exception>
    public static async Task<int> RunAsync(WorkerSettings settings, IReadOnlyList<ICellKind> kinds, Action ready, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ready);
        Check(settings);
        Compute.Threads = 1;
        using WorkerState state = new(settings, kinds);
        using IHost host = Build(settings, state);
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw new ClusterException(
                settings.Directory is { } directory && error.GetBaseException() is RedisException
                    ? $"{directory.Text} cannot be used ({error.GetBaseException().Message}): start Redis there, or leave out --cluster for a worker that callers name"
                    : $"the worker could not start at {settings.Listen}:{settings.Port}: {error.GetBaseException().Message}",
                error);
        }

        ready();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        state.Dispose();
        using CancellationTokenSource patience = new(StopPatience);
        await host.StopAsync(patience.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return state.Done;
    }

    private static void Check(WorkerSettings settings)
    {
        if (!IPAddress.IsLoopback(settings.Listen) && settings.Tls is null)
            throw new ClusterException($"a worker that listens on {settings.Listen} can be reached by others: give certificates (--tls-certificate and --tls-authority), or let it listen on loopback");
        if (settings.Listen.Equals(IPAddress.Any) || settings.Listen.Equals(IPAddress.IPv6Any))
            throw new ClusterException($"{settings.Listen} is every address and none that a caller could be given: name the one that callers reach this machine by");
        if (settings.Port == settings.SiloPort)
            throw new ClusterException($"port {settings.Port} is both for callers and for other workers: give two ports");
        foreach (int port in new[] { settings.Port, settings.SiloPort })
        {
            try
            {
                using TcpListener listener = new(settings.Listen, port);
                listener.Start();
            }
            catch (SocketException error)
            {
                throw new ClusterException($"the worker cannot listen on {settings.Listen}:{port} ({error.Message}): give another address or port", error);
            }
        }
    }

    private static IHost Build(WorkerSettings settings, WorkerState state) => new HostBuilder()
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureServices(services => services.AddSingleton<IHostLifetime, SilentLifetime>().AddSingleton(state))
        .UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(OrleansNames.Set);
            silo.ConfigureEndpoints(settings.Listen, settings.SiloPort, settings.Port, listenOnAnyHostAddress: false);
            silo.Configure<SiloMessagingOptions>(options => options.MaxRequestProcessingTime = LongestCell);
            silo.Configure<ClusterMembershipOptions>(options => (options.MaxJoinAttemptTime, options.EvictWhenMaxJoinAttemptTimeExceeded) = (JoinPatience, true));
            if (settings.Directory?.Redis is { } redis)
                silo.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis));
            else
                silo.UseDevelopmentClustering(new IPEndPoint(settings.Listen, settings.SiloPort));
            if (settings.Tls is { } tls)
                silo.UseTls(tls.ForSilo);
        })
        .Build();
}
