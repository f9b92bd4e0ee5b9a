using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Worker;

/// <summary>Where the work of a search or comparison is done.</summary>
internal static class Places
{
    /// <summary>This machine, or workers if the user named them. Only for these anything of the cluster is loaded.</summary>
    public static ICellPlace Open(ClusterChoice? cluster, int threads, Messages messages, CancellationToken cancellation) =>
        cluster is null ? new LocalPlace(threads) : ClusterGate.Connect(cluster, messages, cancellation);

    /// <summary>A warning if results come from several kinds of processors, or null.</summary>
    public static string? Note(IReadOnlyList<string> processors) => processors.Count < 2
        ? null
        : $"the results come from {processors.Count} kinds of processors ({string.Join("; ", processors)}), whose last bits may differ: done again on one of them, some may be others";
}
