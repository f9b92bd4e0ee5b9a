using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;
using StackExchange.Redis;

namespace AutoDiffLsr.Cluster.Calling;

/// <summary>The addresses of workers: those that were named, or those in Redis, read by Orleans' own provider.</summary>
internal sealed class WorkerDirectory(ClusterAddress address) : IDisposable
{
    private IHost? redis;
    private IGatewayListProvider? provider;

    /// <summary>The addresses now.</summary>
    /// <exception cref="ClusterException">A name is not known, or Redis does not answer.</exception>
    public async Task<IReadOnlyList<IPEndPoint>> ReadAsync()
    {
        if (address.Redis is not null)
            return await ReadRedisAsync();
        List<IPEndPoint> found = [];
        foreach (DnsEndPoint worker in address.Workers)
            found.Add(await ResolveAsync(worker));
        return [.. found.Distinct()];
    }

    public void Dispose() => redis?.Dispose();

    private static async Task<IPEndPoint> ResolveAsync(DnsEndPoint worker)
    {
        if (IPAddress.TryParse(worker.Host, out IPAddress? number))
            return new IPEndPoint(number, worker.Port);
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(worker.Host);
            return new IPEndPoint(addresses.FirstOrDefault(found => found.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0], worker.Port);
        }
        catch (SocketException error)
        {
            throw new ClusterException(string.Create(CultureInfo.InvariantCulture, $"{worker.Host}:{worker.Port}: {error.Message}"), error);
        }
    }

    private async Task<IReadOnlyList<IPEndPoint>> ReadRedisAsync()
    {
        try
        {
            if (provider is null)
            {
                redis ??= new HostBuilder()
                    .ConfigureLogging(logging => logging.ClearProviders())
                    .UseOrleansClient(client =>
                    {
                        client.Configure<ClusterOptions>(OrleansNames.Set);
                        client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(address.Redis!));
                    })
                    .Build();
                IGatewayListProvider found = redis.Services.GetRequiredService<IGatewayListProvider>();
                await found.InitializeGatewayListProvider();
                provider = found;
            }

            return [.. (await provider.GetGateways()).Select(gateway => new IPEndPoint(IPAddress.Parse(gateway.Host.Trim('[', ']')), gateway.Port)).Distinct()];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ClusterException($"{address.Text} does not answer as Redis does: {error.GetBaseException().Message}", error);
        }
    }
}
