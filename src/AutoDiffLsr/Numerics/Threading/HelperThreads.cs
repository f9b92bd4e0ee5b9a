namespace AutoDiffLsr.Numerics;

/// <summary>
/// Threads that help with <see cref="SharedWork"/>: started when first wanted, spinning for some tens of microseconds after a job because the next one
/// usually follows at once, then blocked. One job at a time is helped; a second caller meanwhile works alone. Where other programs need the cores,
/// helpers come too late or are taken away in the middle: offers that do not help make the next ones rarer.
/// </summary>
internal static class HelperThreads
{
    /// <summary>How many turns of some 40 ns to spin before giving up the core.</summary>
    internal const int Patience = 1000;

    // Offers that did not help, less offers that did: from this number on, each one doubles the pause before the next offer, up to 1024 jobs.
    private const int FailuresAllowed = 4;
    private const int MostFailures = FailuresAllowed + 9;

    private static readonly Lock Starting = new();
    private static Helper[] helpers = [];
    private static SharedWork? offered;
    private static int offers;
    private static int wanted;
    private static int failures;
    private static int pause;

    /// <summary>Offers <paramref name="work"/> to <paramref name="count"/> helpers, unless another caller's work is being helped.</summary>
    internal static bool TryOffer(SharedWork work, int count)
    {
        if (count < 1)
            return false;
        if (pause > 0)
        {
            pause--;
            return false;
        }

        if (helpers.Length < count)
            Start(count);
        if (Interlocked.CompareExchange(ref offered, work, null) is not null)
            return false;
        wanted = count;
        Interlocked.Increment(ref offers);
        for (int i = 0; i < count; i++)
            helpers[i].Wake();
        return true;
    }

    /// <summary>Ends the offer.</summary>
    /// <param name="helped">Whether a helper took a part and finished it promptly.</param>
    internal static void Withdraw(bool helped)
    {
        failures = Math.Clamp(helped ? failures - 1 : failures + 1, 0, MostFailures);
        pause = failures < FailuresAllowed ? 0 : 2 << (failures - FailuresAllowed);
        Volatile.Write(ref offered, null);
    }

    private static void Start(int count)
    {
        lock (Starting)
        {
            while (helpers.Length < count)
                helpers = [.. helpers, new Helper(helpers.Length)];
        }
    }

    private sealed class Helper
    {
        private readonly object gate = new(); // a monitor, because a Lock cannot be waited on
        private readonly int index;
        private bool asleep;
        private int seen;

        internal Helper(int index)
        {
            this.index = index;
            new Thread(Help) { IsBackground = true, Name = $"AutoDiffLsr helper {index + 1}" }.Start();
        }

        internal void Wake()
        {
            if (!Volatile.Read(ref asleep))
                return;
            lock (gate)
                Monitor.Pulse(gate);
        }

        private void Help()
        {
            while (true)
            {
                AwaitOffer();
                if (index < wanted)
                    Volatile.Read(ref offered)?.RunUnclaimedParts();
            }
        }

        private void AwaitOffer()
        {
            for (int turns = 0; Volatile.Read(ref offers) == seen; turns++)
            {
                if (turns < Patience)
                    Thread.SpinWait(1);
                else
                    Sleep();
            }

            seen = Volatile.Read(ref offers);
        }

        // Says that it sleeps, and looks once more: either this sees the new offer, or the offer sees the sleeper.
        private void Sleep()
        {
            lock (gate)
            {
                asleep = true;
                Interlocked.MemoryBarrier();
                while (Volatile.Read(ref offers) == seen)
                    Monitor.Wait(gate);
                asleep = false;
            }
        }
    }
}
