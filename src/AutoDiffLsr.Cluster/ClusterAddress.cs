using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace AutoDiffLsr.Cluster;

/// <summary>Where workers are: their own addresses, or a Redis server where they enter theirs.</summary>
public sealed class ClusterAddress
{
    private const string RedisPrefix = "redis:";

    private ClusterAddress(string text, IReadOnlyList<DnsEndPoint> workers, string? redis) => (Text, Workers, Redis) = (text, workers, redis);

    /// <summary>As the user wrote it, without a password.</summary>
    public string Text { get; }

    /// <summary>Addresses of workers; empty with Redis.</summary>
    public IReadOnlyList<DnsEndPoint> Workers { get; }

    /// <summary>How to connect to Redis, as StackExchange.Redis has it; null without.</summary>
    public string? Redis { get; }

    /// <summary>Reads an address: HOST:PORT, several of them with commas between, or redis:HOST:PORT with options of StackExchange.Redis behind a comma.</summary>
    /// <exception cref="FormatException">It is none: the message says what would be.</exception>
    public static ClusterAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(RedisPrefix, StringComparison.OrdinalIgnoreCase)
            ? OfRedis(text[RedisPrefix.Length..].TrimStart('/'))
            : new ClusterAddress(text, [.. text.Split(',', StringSplitOptions.TrimEntries).Select(EndPointOf)], null);
    }

    private static ClusterAddress OfRedis(string connection)
    {
        if (connection.Length == 0)
            throw new FormatException($"'{RedisPrefix}' names no server: write {RedisPrefix}HOST:PORT");
        try
        {
            ConfigurationOptions options = ConfigurationOptions.Parse(connection);
            if (options.EndPoints.Count > 0)
                return new ClusterAddress($"{RedisPrefix}{string.Join(',', options.EndPoints.Select(NameOf))}", [], connection);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{RedisPrefix}{connection}' is no address of Redis ({error.Message}): write {RedisPrefix}HOST:PORT", error);
        }

        throw new FormatException($"'{RedisPrefix}{connection}' names no server: write {RedisPrefix}HOST:PORT");
    }

    private static string NameOf(EndPoint point) => point is DnsEndPoint named ? $"{named.Host}:{named.Port}" : point.ToString()!;

    private static DnsEndPoint EndPointOf(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= IPEndPoint.MaxPort)
            return new DnsEndPoint(text[..colon].Trim('[', ']'), port);
        throw new FormatException($"'{text}' is no address of a worker: write HOST:PORT, several of them with commas between, or {RedisPrefix}HOST:PORT");
    }
}
