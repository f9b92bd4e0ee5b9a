namespace AutoDiffLsr.Tests.Support;

/// <summary>
/// What repeated work allocates. The runtime allocates too, at times of its own (a method is compiled anew, a type is first met), so the least of several rounds
/// counts: work that allocates does so in each of them.
/// </summary>
internal static class Allocations
{
    private const int Rounds = 6;

    /// <summary>The bytes that work allocates on this thread when it is done a number of times.</summary>
    public static long Of(Action work, int times)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
                work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
