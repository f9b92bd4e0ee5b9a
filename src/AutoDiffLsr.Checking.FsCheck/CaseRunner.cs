using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>Draws cases and checks them. Case k depends on the seed and k alone, so a failure is seen again by its seed.</summary>
/// <param name="name">What reports call it.</param>
/// <param name="cases">Draws a case: of a <see cref="FunctionCase"/>, or of a <see cref="GradientCase"/> of your own.</param>
/// <param name="options">How each case is checked; its seed is replaced by the case's own.</param>
public sealed class CaseRunner(string name, Gen<GradientCase> cases, CheckOptions options)
{
    private const int LargestSize = 100;

    /// <summary>Coprime to the largest size: few cases have sizes from all over the range already.</summary>
    private const int SizeStep = 37;

    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Checks cases up to the first failure, which is shrunk.</summary>
    /// <param name="count">How many cases.</param>
    /// <param name="seed">Same seed, same cases.</param>
    /// <param name="replay">How the caller sees the failure again, from the seed and the number of cases until it.</param>
    /// <returns>What they gave.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public CaseStatistics Run(int count, long seed, Func<long, int, string> replay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        long start = Stopwatch.GetTimestamp();
        int inconclusive = 0, kinks = 0, done = 0;
        double worst = 0;
        string? failure = null;
        while (done < count && failure is null)
        {
            CheckOptions own = options with { Seed = seed + done };
            GradientCase drawn = Draw(seed, done++);
            CheckReport report = drawn.Check(own);
            if (report.Outcome == CheckOutcome.Failed)
                failure = Explain(drawn, own, replay(seed, done));
            else
                worst = Math.Max(worst, report.Worst);
            inconclusive += report.Outcome == CheckOutcome.Inconclusive ? 1 : 0;
            kinks += report.MetKink ? 1 : 0;
        }

        return new(name, options.Order, done, failure is null ? 0 : 1, inconclusive, kinks, worst, Stopwatch.GetElapsedTime(start), failure);
    }

    /// <summary>One case.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="index">Its place in the run, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public GradientCase Draw(long seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int size = 1 + (int)((long)index * SizeStep % LargestSize);
        return cases.Sample(1, new Rnd(unchecked((ulong)seed + ((ulong)index * GoldenGamma))), size)[0];
    }

    private static string Explain(GradientCase drawn, CheckOptions own, string replay)
    {
        GradientCase smallest = drawn.Minimize(candidate => candidate.Check(own).Outcome == CheckOutcome.Failed);
        return $"{smallest}\n{smallest.Check(own)}\nreplay: {replay}";
    }
}
