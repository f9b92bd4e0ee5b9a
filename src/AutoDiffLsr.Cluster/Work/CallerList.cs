using System.Diagnostics;

namespace AutoDiffLsr.Cluster.Work;

/// <summary>Who asked a worker for something. What callers asked for that are gone is stopped.</summary>
internal sealed class CallerList : IDisposable
{
    /// <summary>A caller beats every second or so.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30), BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Caller> callers = [];
    private readonly Timer timer;

    public CallerList() => timer = new Timer(_ => DropSilent(), null, BetweenLooks, BetweenLooks);

    /// <summary>Raised with the name of each caller that leaves or falls silent.</summary>
    public event Action<string>? Left;

    /// <summary>A caller is there.</summary>
    /// <returns>What is cancelled when it is no more.</returns>
    public CancellationToken Beat(string name)
    {
        lock (gate)
        {
            if (!callers.TryGetValue(name, out Caller? caller))
                callers.Add(name, caller = new Caller());
            caller.LastBeat = Stopwatch.GetTimestamp();
            return caller.Gone.Token;
        }
    }

    /// <summary>A caller is there no more.</summary>
    public void Leave(string name)
    {
        Caller? caller;
        lock (gate)
            callers.Remove(name, out caller);
        if (caller is null)
            return;
        caller.Gone.Cancel();
        Left?.Invoke(name);
    }

    /// <summary>All callers are there no more.</summary>
    public void Dispose()
    {
        timer.Dispose();
        foreach (string name in Names())
            Leave(name);
    }

    private void DropSilent()
    {
        foreach (string name in Names(TimeSpan.FromTicks(LongestSilence.Ticks)))
            Leave(name);
    }

    private string[] Names(TimeSpan silence = default)
    {
        lock (gate)
            return [.. callers.Where(caller => Stopwatch.GetElapsedTime(caller.Value.LastBeat) >= silence).Select(caller => caller.Key)];
    }

    private sealed class Caller
    {
        public CancellationTokenSource Gone { get; } = new();

        public long LastBeat { get; set; }
    }
}
