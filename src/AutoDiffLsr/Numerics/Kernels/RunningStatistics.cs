using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Exponential averages over batches.</summary>
internal static class RunningStatistics
{
    /// <summary>running = (1 - momentum)·running + momentum·scale·batch, entry by entry.</summary>
    public static void Update<T>(Span<T> running, ReadOnlySpan<T> batch, double momentum, double scale)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < running.Length; i++)
        {
            double old = double.CreateTruncating(running[i]), current = scale * double.CreateTruncating(batch[i]);
            running[i] = T.CreateTruncating(((1 - momentum) * old) + (momentum * current));
        }
    }
}
