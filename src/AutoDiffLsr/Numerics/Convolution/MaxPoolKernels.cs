using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The winner of each window, and what goes to it or comes from it. The winner is the first of the largest numbers in the order of rows; NaN is larger than
/// any number, and the last NaN wins, all as in PyTorch.
/// </summary>
internal static class MaxPoolKernels
{
    /// <summary>y[q] = values[p] for the winner p of window q of x.</summary>
    public static void Gather<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> values, Span<T> y, int batch, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        PoolWindows windows = new(shape, batch);
        while (windows.MoveNext())
        {
            Span<T> place = y.Slice(windows.Place, batch);
            int done = 0;
            if (InstructionSets.Best == InstructionSet.Avx512 && batch >= Lanes512<T>.Count)
                done = Gather<Lanes512<T>, T>(x, values, place, windows.Pixels, done);
            if (InstructionSets.Best >= InstructionSet.Avx2 && batch - done >= Lanes256<T>.Count)
                done = Gather<Lanes256<T>, T>(x, values, place, windows.Pixels, done);
            if (batch - done >= Lanes128<T>.Count)
                done = Gather<Lanes128<T>, T>(x, values, place, windows.Pixels, done);
            for (int n = done; n < batch; n++)
                place[n] = values[Winner(x, windows.Pixels, n) + n];
        }
    }

    /// <summary>Tells a check which way each comparison of a window went.</summary>
    public static void NoteBranches<T>(ReadOnlySpan<T> x, int batch, PoolingShape shape, Action<T, T> compare)
        where T : struct, IFloatingPointIeee754<T>
    {
        PoolWindows windows = new(shape, batch);
        while (windows.MoveNext())
        {
            for (int n = 0; n < batch; n++)
            {
                T best = x[windows.Pixels[0] + n];
                foreach (int pixel in windows.Pixels[1..])
                {
                    compare(best, x[pixel + n]);
                    best = T.Max(best, x[pixel + n]);
                }
            }
        }
    }

    /// <summary>dx[p] = Σ dy[q] over the windows q that p wins, and 0 elsewhere.</summary>
    public static void Scatter<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int batch, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        dx.Clear();
        PoolWindows windows = new(shape, batch);
        while (windows.MoveNext())
        {
            ReadOnlySpan<T> place = dy.Slice(windows.Place, batch);
            int done = 0;
            if (InstructionSets.Best == InstructionSet.Avx512 && batch >= Lanes512<T>.Count)
                done = Scatter<Lanes512<T>, T>(x, place, dx, windows.Pixels, done);
            if (InstructionSets.Best >= InstructionSet.Avx2 && batch - done >= Lanes256<T>.Count)
                done = Scatter<Lanes256<T>, T>(x, place, dx, windows.Pixels, done);
            if (batch - done >= Lanes128<T>.Count)
                done = Scatter<Lanes128<T>, T>(x, place, dx, windows.Pixels, done);
            for (int n = done; n < batch; n++)
                dx[Winner(x, windows.Pixels, n) + n] += place[n];
        }
    }

    // From sample to sample as long as whole vectors are left; gives the first sample that is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Gather<L, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> values, Span<T> place, ReadOnlySpan<int> pixels, int n)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T start = ref MemoryMarshal.GetReference(x), from = ref MemoryMarshal.GetReference(values), to = ref MemoryMarshal.GetReference(place);
        for (; n + L.Count <= place.Length; n += L.Count)
        {
            L best = L.Load(ref start, pixels[0] + n), value = L.Load(ref from, pixels[0] + n);
            for (int i = 1; i < pixels.Length; i++)
            {
                L next = L.Load(ref start, pixels[i] + n);
                L wins = Wins<L, T>(next, best);
                best = L.Choose(wins, next, best);
                value = L.Choose(wins, L.Load(ref from, pixels[i] + n), value);
            }

            value.Store(ref to, n);
        }

        return n;
    }

    // Each pixel is asked whether it won: what arrives at it is what the place sends, or 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Scatter<L, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> place, Span<T> dx, ReadOnlySpan<int> pixels, int n)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T start = ref MemoryMarshal.GetReference(x), from = ref MemoryMarshal.GetReference(place), to = ref MemoryMarshal.GetReference(dx);
        L zero = L.Of(0);
        for (; n + L.Count <= place.Length; n += L.Count)
        {
            L best = L.Load(ref start, pixels[0] + n), winner = zero, dy = L.Load(ref from, n);
            for (int i = 1; i < pixels.Length; i++)
            {
                L next = L.Load(ref start, pixels[i] + n);
                L wins = Wins<L, T>(next, best);
                best = L.Choose(wins, next, best);
                winner = L.Choose(wins, L.Of(i), winner);
            }

            for (int i = 0; i < pixels.Length; i++)
                (L.Load(ref to, pixels[i] + n) + L.ChooseSame(winner, L.Of(i), dy, zero)).Store(ref to, pixels[i] + n);
        }

        return n;
    }

    // Where next is larger than best, or NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Wins<L, T>(L next, L best)
        where L : struct, ILanes<L, T>
        where T : struct, IFloatingPointIeee754<T> => L.Choose(L.Same(next, next), next > best, L.Same(L.Of(0), L.Of(0)));

    private static int Winner<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> pixels, int n)
        where T : struct, IFloatingPointIeee754<T>
    {
        int winner = pixels[0];
        foreach (int pixel in pixels)
        {
            if (x[pixel + n] > x[winner + n] || T.IsNaN(x[pixel + n]))
                winner = pixel;
        }

        return winner;
    }
}
