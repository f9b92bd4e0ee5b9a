using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary><see cref="MarginLanes{L, T, TLoss}"/> at the widest vectors that the machine has and the rows fill.</summary>
internal static class MarginLoops
{
    /// <summary>
    /// From target, shift, sum and distance of each row of the chunk: losses, and the chunk's values (losses without tilt and weight), factors,
    /// offsets and own gradients.
    /// </summary>
    public static void Run<T, TLoss>(TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<T> weights, bool skips, Span<double> losses)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        if (InstructionSets.Best == InstructionSet.Avx512 && weights.Length >= Lanes512<double>.Count)
            Run<Lanes512<double>, T, TLoss>(loss, chunk, weights, skips, losses);
        else if (InstructionSets.Best >= InstructionSet.Avx2 && weights.Length >= Lanes256<double>.Count)
            Run<Lanes256<double>, T, TLoss>(loss, chunk, weights, skips, losses);
        else
            Run<Lanes128<double>, T, TLoss>(loss, chunk, weights, skips, losses);
    }

    // Three short loops overlap better than one long one: what waits for a division or a polynomial holds up no more than a few rows behind it.
    private static void Run<L, T, TLoss>(TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<T> weights, bool skips, Span<double> losses)
        where L : struct, ILanes<L, double>
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        MarginLanes<L, T, TLoss>.Odds(chunk);
        MarginLanes<L, T, TLoss>.LogOdds(chunk);
        if (skips)
            MarginLanes<L, T, TLoss>.Losses<On>(loss, chunk, ref MemoryMarshal.GetReference(weights), ref MemoryMarshal.GetReference(losses));
        else
            MarginLanes<L, T, TLoss>.Losses<Off>(loss, chunk, ref MemoryMarshal.GetReference(weights), ref MemoryMarshal.GetReference(losses));
    }
}
