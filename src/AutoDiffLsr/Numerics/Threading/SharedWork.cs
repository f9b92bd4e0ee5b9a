using System.Runtime.ExceptionServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// A job of independent parts. The caller's thread takes parts until none is left; helper threads that are free take parts beside it. On a busy
/// machine the helpers may never come, and the caller has then done everything itself: it waits only for parts that a helper has begun.
/// </summary>
/// <remarks>An object is used again for job after job, so running one allocates nothing.</remarks>
internal abstract class SharedWork
{
    private Exception? failure;
    private int unclaimed;
    private int unfinished;

    /// <summary>Runs the parts 0 to <paramref name="parts"/> - 1 and returns when all are done.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="threads">The most threads to use, the caller's among them.</param>
    internal void Run(int parts, int threads)
    {
        unfinished = parts;
        Volatile.Write(ref unclaimed, parts); // from here on a helper that still holds this object may claim
        bool offered = HelperThreads.TryOffer(this, Math.Min(parts, threads) - 1);
        int done = RunUnclaimedParts();
        bool prompt = AwaitBegunParts();
        if (offered)
            HelperThreads.Withdraw(helped: done < parts && prompt);
        if (Interlocked.Exchange(ref failure, null) is Exception thrown)
            ExceptionDispatchInfo.Throw(thrown);
    }

    /// <summary>Takes part after part until none is left, and says how many it took.</summary>
    /// <remarks>
    /// Claiming counts down and 0 is the last part, so a helper that comes too late, even after the object has gone on to another job, either claims
    /// nothing or a true part of that job.
    /// </remarks>
    internal int RunUnclaimedParts()
    {
        int done = 0;
        for (int part; Volatile.Read(ref unclaimed) > 0 && (part = Interlocked.Decrement(ref unclaimed)) >= 0; done++)
        {
            try
            {
                RunPart(part);
            }
            catch (Exception exception) // a helper's exception belongs to the caller
            {
                failure = exception;
            }

            Interlocked.Decrement(ref unfinished);
        }

        return done;
    }

    /// <summary>Computes one part.</summary>
    protected abstract void RunPart(int part);

    // Whether the helpers were about to finish; otherwise something else has the core that one of them needs, perhaps this very one.
    private bool AwaitBegunParts()
    {
        for (int turns = 0; turns < HelperThreads.Patience; turns++)
        {
            if (Volatile.Read(ref unfinished) == 0)
                return true;
            Thread.SpinWait(1);
        }

        while (Volatile.Read(ref unfinished) > 0)
            Thread.Yield();
        return false;
    }
}
