using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Applies a slope to spans: dx[i] = f'(saved[i])·dy[i], in one pass.</summary>
internal static class SlopeMap<TSlope>
    where TSlope : struct, ISlopeFunction
{
    /// <summary>All three have one length; dx is neither of the others.</summary>
    public static void Apply<T>(ReadOnlySpan<T> saved, ReadOnlySpan<T> dy, Span<T> dx)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (InstructionSets.Best == InstructionSet.Avx512 && dx.Length >= Lanes512<T>.Count)
            Loop<Lanes512<T>, T>(saved, dy, dx);
        else if (InstructionSets.Best >= InstructionSet.Avx2 && dx.Length >= Lanes256<T>.Count)
            Loop<Lanes256<T>, T>(saved, dy, dx);
        else if (dx.Length >= Lanes128<T>.Count)
            Loop<Lanes128<T>, T>(saved, dy, dx);
        else
            Few(saved, dy, dx);
    }

    // The last vector ends with the numbers; what it shares with the one before is computed twice, to the same result.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<L, T>(ReadOnlySpan<T> saved, ReadOnlySpan<T> dy, Span<T> dx)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T from = ref MemoryMarshal.GetReference(saved), by = ref MemoryMarshal.GetReference(dy), to = ref MemoryMarshal.GetReference(dx);
        nint i = 0, last = dx.Length - L.Count;
        for (; i < last; i += L.Count)
            TSlope.Of<L, T>(L.Load(ref from, i), L.Load(ref by, i)).Store(ref to, i);
        TSlope.Of<L, T>(L.Load(ref from, last), L.Load(ref by, last)).Store(ref to, last);
    }

    // Fewer numbers than the narrowest vector has lanes: among zeros.
    private static void Few<T>(ReadOnlySpan<T> saved, ReadOnlySpan<T> dy, Span<T> dx)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<T> room = [T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero];
        int lanes = Lanes128<T>.Count;
        saved.CopyTo(room);
        dy.CopyTo(room[lanes..]);
        Loop<Lanes128<T>, T>(room[..lanes], room.Slice(lanes, lanes), room.Slice(2 * lanes, lanes));
        room.Slice(2 * lanes, dx.Length).CopyTo(dx);
    }
}
