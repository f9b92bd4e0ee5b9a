using System.Net;
using System.Net.Sockets;
using AutoDiffLsr.Cluster.Wire;
using AutoDiffLsr.Experiments.Cells;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace AutoDiffLsr.Cluster.Calling;

/// <summary>
/// The connection of a caller to one worker. Each worker has a client of Orleans of its own, so that a call goes to the worker that it is meant for, and the
/// loss of one is no matter of the others.
/// </summary>
internal sealed class WorkerLink : IAsyncDisposable
{
    private const int PartLength = 1 << 20;

    private static readonly TimeSpan
        ConnectPatience = TimeSpan.FromSeconds(5), CallPatience = TimeSpan.FromSeconds(20), BetweenBeats = TimeSpan.FromSeconds(1), LeavePatience = TimeSpan.FromSeconds(2);

    private readonly string caller;
    private readonly IHost host;
    private readonly IWorkerGrain worker;
    private readonly CancellationTokenSource lost = new(), closed = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly HashSet<string> sent = [];
    private readonly Task beating;

    private WorkerLink(IPEndPoint address, string caller, IHost host, IWorkerGrain worker, WorkerDescription description)
    {
        (Address, this.caller, this.host, this.worker, Description) = (address, caller, host, worker, description);
        beating = BeatAsync();
    }

    public IPEndPoint Address { get; }

    public WorkerDescription Description { get; }

    /// <summary>Cancelled when the worker does not answer any more.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>How many cells it does for this caller; for <see cref="Dispatch"/> to count.</summary>
    public int Running { get; set; }

    /// <summary>Connects.</summary>
    /// <exception cref="ClusterException">Nobody answers at the address, or no worker does, or one of another version. The message says which, without the address.</exception>
    public static async Task<WorkerLink> OpenAsync(IPEndPoint address, ClusterSettings settings, string caller, CancellationToken cancellation)
    {
        await KnockAsync(address, cancellation);
        IHost host = new HostBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureServices(services => services.AddSingleton<IHostLifetime, SilentLifetime>())
            .UseOrleansClient(client =>
            {
                client.Configure<ClusterOptions>(OrleansNames.Set);
                client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = CallPatience);
                client.UseStaticClustering(address);
                if (settings.Tls is { } tls)
                    client.UseTls(tls.ForClient);
            })
            .Build();
        try
        {
            await host.StartAsync(cancellation).WaitAsync(settings.Patience, cancellation);
            IWorkerGrain worker = host.Services.GetRequiredService<IClusterClient>().GetGrain<IWorkerGrain>(0);
            WorkerDescription description = await worker.Describe().WaitAsync(settings.Patience, cancellation);
            if (description.Version != settings.Version)
                throw new ClusterException($"it is of version {description.Version}, but this program is of version {settings.Version}: start both from the same program");
            return new WorkerLink(address, caller, host, worker, description);
        }
        catch (Exception error)
        {
            Abandon(host);
            if (error is ClusterException || (error is OperationCanceledException && cancellation.IsCancellationRequested))
                throw;
            string tls = settings.Tls is null ? "a worker with certificates needs --tls-certificate and --tls-authority here as well" : "is it a worker with certificates of the same authority?";
            throw new ClusterException($"something answers there, but not as a worker of this program ({error.GetBaseException().Message.TrimEnd('.')}); {tls}", error);
        }
    }

    /// <summary>Does a cell there.</summary>
    /// <returns>What became of it, or null if the worker was lost meanwhile.</returns>
    public async Task<CellAnswer?> RunAsync(ICellContext context, CellWork cell)
    {
        try
        {
            for (; ; )
            {
                await SendAsync(context.Data).WaitAsync(Lost);
                CellAnswer answer = await worker.Run(new CellRequest(caller, context.Kind, context.Settings, context.Data.Hash, cell.Name, cell.Work)).WaitAsync(Lost);
                if (!answer.NeedsData)
                    return answer;
                lock (sent)
                    sent.Remove(context.Data.Hash);
            }
        }
        catch (Exception error) when (error is not ClusterException)
        {
            // Whatever Orleans says, there is no answer: the cell is another worker's. One that still lives is found again.
            await lost.CancelAsync();
            return null;
        }
    }

    /// <summary>Stops what the worker does for this caller, if it still answers.</summary>
    public Task LeaveAsync() => worker.Leave(caller).WaitAsync(LeavePatience).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await beating;
        Abandon(host);
    }

    /// <summary>Ends a client without waiting for it: what it is connected to may be gone.</summary>
    private static void Abandon(IHost host) => _ = Task.Run(async () =>
    {
        using CancellationTokenSource patience = new(LeavePatience);
        try
        {
            await host.StopAsync(patience.Token);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // There is nobody whom it would help to know.
        }

        host.Dispose();
    });

    /// <summary>Looks whether anybody listens, as Orleans is slow to say so.</summary>
    private static async Task KnockAsync(IPEndPoint address, CancellationToken cancellation)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ConnectPatience);
        try
        {
            await socket.ConnectAsync(address, patience.Token);
        }
        catch (SocketException error)
        {
            throw new ClusterException(error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new ClusterException($"no answer in {ConnectPatience.TotalSeconds} s", error);
        }
    }

    /// <summary>Sends data if the worker does not have it.</summary>
    private async Task SendAsync(CellData data)
    {
        lock (sent)
        {
            if (sent.Contains(data.Hash))
                return;
        }

        await sending.WaitAsync(Lost);
        try
        {
            lock (sent)
            {
                if (sent.Contains(data.Hash))
                    return;
            }

            if (!await worker.Has(data.Hash))
            {
                for (int offset = 0; offset < Math.Max(1, data.Content.Length); offset += PartLength)
                {
                    byte[] part = data.Content[offset..Math.Min(offset + PartLength, data.Content.Length)];
                    if (await worker.Put(caller, data.Hash, data.Content.Length, offset, part) is { } problem)
                        throw new ClusterException($"the worker at {Address} did not take the data: {problem}");
                }
            }

            lock (sent)
                sent.Add(data.Hash);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            while (!closed.IsCancellationRequested)
            {
                await worker.Beat(caller).WaitAsync(CallPatience, closed.Token);
                await Task.Delay(BetweenBeats, closed.Token);
            }
        }
        catch (Exception) when (closed.IsCancellationRequested)
        {
            // Closed by us.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await lost.CancelAsync();
        }
    }
}
