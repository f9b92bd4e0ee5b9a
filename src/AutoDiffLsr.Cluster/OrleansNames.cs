using Orleans.Configuration;

namespace AutoDiffLsr.Cluster;

/// <summary>What caller and workers agree on.</summary>
internal static class OrleansNames
{
    public const int DefaultPort = 11_000;

    private const string Name = "autodiff-lsr";

    public static void Set(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Name);
}
