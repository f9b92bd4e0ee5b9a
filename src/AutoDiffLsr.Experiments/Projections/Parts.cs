using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>Runs independent parts of a job on up to <see cref="Compute.Threads"/> threads. What a part computes does not depend on the thread, so neither do the bits.</summary>
internal static class Parts
{
    public static void Run(int parts, Action<int> part) => Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Compute.Threads }, part);
}
