using Microsoft.Extensions.Hosting;

namespace AutoDiffLsr.Cluster;

/// <summary>A host that leaves Ctrl-C to the program that has it, and writes nothing.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
