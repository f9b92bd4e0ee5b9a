using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Worker;

/// <summary>In place of the cluster in the native tool: Orleans finds its parts by reflection, which does not compile ahead.</summary>
internal static class ClusterGate
{
    public static ICellPlace Connect(ClusterChoice choice, Messages messages, CancellationToken cancellation) => throw Absent($"--cluster {choice.Address}");

    public static void RunWorker(WorkerPlan plan, IReadOnlyList<ICellKind> kinds, Messages messages, CancellationToken cancellation) => throw Absent("worker");

    private static UsageException Absent(string what) =>
        new($"{what}: this is the native tool, which has no cluster; install the tool as a .NET tool or publish it with the profile ready-to-run. Work on this machine needs none");
}
