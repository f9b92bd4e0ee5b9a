using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiffLsr.Benchmarks.Products;

/// <summary>The limit of a core: how fast it multiplies and adds when nothing comes from memory.</summary>
internal static class FusedMultiplyAdd
{
    private const int Turns = 100_000, Chains = 12;

    /// <summary>The best GFLOP/s, in float, of chains of operations on the widest registers.</summary>
    internal static double Peak()
    {
        double least = double.MaxValue, use = 0;
        for (int round = 0; round < 200; round++)
        {
            long start = Stopwatch.GetTimestamp();
            use += Vector512.IsHardwareAccelerated ? Wide() : Narrow();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        return use == 0 ? 0 : 2e-9 * lanes * Turns * Chains / least;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        Vector512<float> f = Vector512.Create(0.999f), x = Vector512.Create(0.001f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            (a, b, c) = (Vector512.FusedMultiplyAdd(a, f, x), Vector512.FusedMultiplyAdd(b, f, x), Vector512.FusedMultiplyAdd(c, f, x));
            (d, e, g) = (Vector512.FusedMultiplyAdd(d, f, x), Vector512.FusedMultiplyAdd(e, f, x), Vector512.FusedMultiplyAdd(g, f, x));
            (h, i, j) = (Vector512.FusedMultiplyAdd(h, f, x), Vector512.FusedMultiplyAdd(i, f, x), Vector512.FusedMultiplyAdd(j, f, x));
            (k, l, m) = (Vector512.FusedMultiplyAdd(k, f, x), Vector512.FusedMultiplyAdd(l, f, x), Vector512.FusedMultiplyAdd(m, f, x));
        }

        return Vector512.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow()
    {
        Vector256<float> f = Vector256.Create(0.999f), x = Vector256.Create(0.001f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            (a, b, c) = (Vector256.FusedMultiplyAdd(a, f, x), Vector256.FusedMultiplyAdd(b, f, x), Vector256.FusedMultiplyAdd(c, f, x));
            (d, e, g) = (Vector256.FusedMultiplyAdd(d, f, x), Vector256.FusedMultiplyAdd(e, f, x), Vector256.FusedMultiplyAdd(g, f, x));
            (h, i, j) = (Vector256.FusedMultiplyAdd(h, f, x), Vector256.FusedMultiplyAdd(i, f, x), Vector256.FusedMultiplyAdd(j, f, x));
            (k, l, m) = (Vector256.FusedMultiplyAdd(k, f, x), Vector256.FusedMultiplyAdd(l, f, x), Vector256.FusedMultiplyAdd(m, f, x));
        }

        return Vector256.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }
}
