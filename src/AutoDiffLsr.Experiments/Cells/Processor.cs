using System.Runtime.InteropServices;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>What the last bits of a result depend on besides data, settings and seed.</summary>
public static class Processor
{
    private const string LinuxFile = "/proc/cpuinfo", LinuxName = "model name", WindowsVariable = "PROCESSOR_IDENTIFIER";

    /// <summary>The processor of this machine, as it calls itself.</summary>
    public static string Name { get; } = Find();

    /// <summary>
    /// The processor of this machine, the widest vectors that the engine uses on it, and the runtime: sums over vectors of other widths are rounded in another
    /// order, so results are equal to the last bit only where this text is.
    /// </summary>
    public static string Kind { get; } = $"{Name}, {MachineLimits.Instructions}, .NET {Environment.Version}";

    private static string Find()
    {
        string? name = File.Exists(LinuxFile)
            ? File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith(LinuxName, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : Environment.GetEnvironmentVariable(WindowsVariable);
        return string.IsNullOrEmpty(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
