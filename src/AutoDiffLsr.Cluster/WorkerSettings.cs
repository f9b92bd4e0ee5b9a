using System.Net;

namespace AutoDiffLsr.Cluster;

/// <summary>How a worker is started.</summary>
public sealed record WorkerSettings
{
    /// <summary>The address that callers reach it by: loopback unless told otherwise.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port that callers connect to; workers talk to each other on <see cref="SiloPort"/>.</summary>
    public int Port { get; init; } = OrleansNames.DefaultPort;

    /// <summary>The port for other workers.</summary>
    public int SiloPort { get; init; } = OrleansNames.DefaultPort + 1;

    /// <summary>The Redis server where it enters its address; null for a worker that callers name.</summary>
    public ClusterAddress? Directory { get; init; }

    /// <summary>How many cells it does at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Certificates; needed for any address but loopback.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>See <see cref="ProgramVersion"/>.</summary>
    public required string Version { get; init; }
}
