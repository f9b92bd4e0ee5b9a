using System.Diagnostics;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>Work in this process.</summary>
internal sealed class OwnContender(Action work) : IContender
{
    public double Run(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
