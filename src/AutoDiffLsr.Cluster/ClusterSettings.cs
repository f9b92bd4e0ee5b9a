namespace AutoDiffLsr.Cluster;

/// <summary>Where a caller finds workers.</summary>
/// <param name="Address">Their addresses, or where they enter them.</param>
/// <param name="Tls">Certificates, for workers that listen with such.</param>
/// <param name="Version">See <see cref="ProgramVersion"/>.</param>
public sealed record ClusterSettings(ClusterAddress Address, TlsFiles? Tls, string Version)
{
    /// <summary>How long a worker may take to say what it is.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}
