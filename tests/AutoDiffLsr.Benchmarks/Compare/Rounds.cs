using System.Diagnostics;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>Times contenders in turn: a disturbance of the machine then meets all of them, and the minimum of each is from quiet moments.</summary>
internal static class Rounds
{
    private const double StretchSeconds = 0.06;
    private const int StretchesWithoutGain = 5;
    private const double MostWarmUpSeconds = 4;

    /// <summary>Microseconds a call, of each contender in each round.</summary>
    public static double[][] Measure(IReadOnlyList<IContender> contenders, int rounds, double roundSeconds, TimeSpan pause, bool smoke)
    {
        int[] calls = [.. contenders.Select(contender => Calibrate(contender, roundSeconds, smoke))];
        double[][] times = [.. contenders.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                Thread.Sleep(pause);
                times[i][round] = contenders[i].Run(calls[i]) * 1e6 / calls[i];
            }
        }

        return times;
    }

    /// <summary>How many calls fill a round, found after the JIT has had its time: it compiles hot methods anew in the background.</summary>
    private static int Calibrate(IContender contender, double roundSeconds, bool smoke)
    {
        if (smoke)
            return 1;
        WarmUp(contender);
        int calls = 1;
        for (double seconds = contender.Run(1); seconds < roundSeconds && calls < 1 << 24; seconds = contender.Run(calls))
            calls = Math.Max(calls + 1, (int)Math.Min(calls * Math.Min(roundSeconds / seconds, 8) * 1.05, 1 << 24));
        return calls;
    }

    /// <summary>Until it gets no faster for a while.</summary>
    private static void WarmUp(IContender contender)
    {
        double best = double.PositiveInfinity;
        Stopwatch clock = Stopwatch.StartNew();
        for (int idle = 0; idle < StretchesWithoutGain && clock.Elapsed.TotalSeconds < MostWarmUpSeconds;)
        {
            double fastest = FastestOfStretch(contender);
            idle = fastest < 0.97 * best ? 0 : idle + 1;
            best = Math.Min(best, fastest);
            Thread.Sleep(20);
        }
    }

    private static double FastestOfStretch(IContender contender)
    {
        double fastest = double.PositiveInfinity;
        int calls = 1;
        for (Stopwatch clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < StretchSeconds; calls = Math.Min(2 * calls, 1 << 8))
            fastest = Math.Min(fastest, contender.Run(calls) / calls);
        return fastest;
    }
}
