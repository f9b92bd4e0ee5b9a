using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiffLsr.Numerics;

/// <summary>What one core of this machine can do at most, measured: what a benchmark's GFLOP/s and GB/s are to be held against.</summary>
public static class MachineLimits
{
    private const int Trials = 40;

    /// <summary>The widest vector instructions that the engine uses here: "AVX-512", "AVX2" or "portable".</summary>
    public static string Instructions => InstructionSets.Best switch
    {
        InstructionSet.Avx512 => "AVX-512",
        InstructionSet.Avx2 => "AVX2",
        _ => "portable",
    };

    /// <summary>The most multiplications and additions a second of one core, from registers alone. Takes some 20 ms.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <returns>GFLOP/s; a fused multiply-add counts as two.</returns>
    public static double MultiplyAddRate<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The widest vectors are not always the fastest: some cores run 512 bits as two halves, others lower their clock.
        double best = Rate<T, Vector<T>, SimdPortable<T>>();
        if (InstructionSets.Best >= InstructionSet.Avx2)
            best = Math.Max(best, Rate<T, Vector256<T>, Simd256<T>>());
        if (InstructionSets.Best == InstructionSet.Avx512)
            best = Math.Max(best, Rate<T, Vector512<T>, Simd512<T>>());
        return best;
    }

    /// <summary>How fast one core reads and writes memory: a copy, counting bytes read plus bytes written.</summary>
    /// <param name="bytes">The size of each of the two blocks: it decides which cache, or the memory behind them, is measured.</param>
    /// <returns>GB/s.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is below 1.</exception>
    public static double CopyRate(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        byte[] source = GC.AllocateArray<byte>(bytes, pinned: true), target = GC.AllocateArray<byte>(bytes, pinned: true);
        int repeats = Math.Max(1, 1_000_000 / bytes);
        double seconds = Fastest(() =>
        {
            for (int i = 0; i < repeats; i++)
                source.AsSpan().CopyTo(target);
        });
        return 2.0 * bytes * repeats / seconds / 1e9;
    }

    private static double Rate<T, TVector, TSimd>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        const int Steps = 20_000;
        const int Sums = 12; // enough to hide the latency of four cycles on two units
        double seconds = Fastest(static () => MultiplyAdd<T, TVector, TSimd>(Steps));
        return 2.0 * Steps * Sums * TSimd.Lanes / seconds / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe TVector MultiplyAdd<T, TVector, TSimd>(int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector x = TSimd.Broadcast(T.CreateTruncating(0.5)), y = TSimd.Broadcast(T.CreateTruncating(0.25));
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (; steps > 0; steps--)
        {
            a = TSimd.MultiplyAdd(a, y, x);
            b = TSimd.MultiplyAdd(b, y, x);
            c = TSimd.MultiplyAdd(c, y, x);
            d = TSimd.MultiplyAdd(d, y, x);
            e = TSimd.MultiplyAdd(e, y, x);
            f = TSimd.MultiplyAdd(f, y, x);
            g = TSimd.MultiplyAdd(g, y, x);
            h = TSimd.MultiplyAdd(h, y, x);
            i = TSimd.MultiplyAdd(i, y, x);
            j = TSimd.MultiplyAdd(j, y, x);
            k = TSimd.MultiplyAdd(k, y, x);
            l = TSimd.MultiplyAdd(l, y, x);
        }

        // All twelve reach the result, or the JIT would leave them out.
        a = TSimd.MultiplyAdd(a, b, TSimd.MultiplyAdd(c, d, TSimd.MultiplyAdd(e, f, g)));
        return TSimd.MultiplyAdd(a, h, TSimd.MultiplyAdd(i, j, TSimd.MultiplyAdd(k, l, x)));
    }

    private static double Fastest(Action action)
    {
        double best = double.PositiveInfinity;
        for (int trial = 0; trial < Trials; trial++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static double Fastest<TResult>(Func<TResult> function) => Fastest(() => { _ = function(); });
}
