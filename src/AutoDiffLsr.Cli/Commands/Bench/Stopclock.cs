using System.Diagnostics;

namespace AutoDiffLsr.Cli.Commands.Bench;

/// <summary>Times short work: many calls a reading, many readings, and the fastest one, which nothing else on the machine has disturbed.</summary>
internal static class Stopclock
{
    private const double ReadingSeconds = 0.001;

    public static double SecondsOfFastest(Action work, double seconds)
    {
        // The first half lets the JIT compile anew what is hot.
        int calls = CallsInReading(work, seconds / 2);
        double best = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        do
            best = Math.Min(best, SecondsOf(work, calls) / calls);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds / 2);
        return best;
    }

    private static int CallsInReading(Action work, double seconds)
    {
        int calls = 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            if (SecondsOf(work, calls) < ReadingSeconds / 2)
                calls *= 2;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return calls;
    }

    private static double SecondsOf(Action work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
