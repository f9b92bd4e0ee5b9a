using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>A whole number that the JIT knows: a branch on it costs nothing, so one generic kernel becomes one machine kernel per tile shape.</summary>
internal interface ISize
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>1.</summary>
internal readonly struct Size1 : ISize { public static int Value => 1; }

/// <summary>2.</summary>
internal readonly struct Size2 : ISize { public static int Value => 2; }

/// <summary>3.</summary>
internal readonly struct Size3 : ISize { public static int Value => 3; }

/// <summary>4.</summary>
internal readonly struct Size4 : ISize { public static int Value => 4; }

/// <summary>5.</summary>
internal readonly struct Size5 : ISize { public static int Value => 5; }

/// <summary>6.</summary>
internal readonly struct Size6 : ISize { public static int Value => 6; }

/// <summary>7.</summary>
internal readonly struct Size7 : ISize { public static int Value => 7; }

/// <summary>8.</summary>
internal readonly struct Size8 : ISize { public static int Value => 8; }

/// <summary>
/// The innermost kernel: a tile of C, up to 3 vectors high and 8 columns wide, is summed in registers over the whole depth of a block.
/// </summary>
internal static unsafe class GemmTile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>
    /// C = alpha · A B + beta · C for one tile, summed over all <paramref name="runs"/>. <paramref name="left"/> is read as columns of whole vectors;
    /// beta = 0 forgets the old C.
    /// </summary>
    /// <remarks>Not inlined: several kernels in one method exceed the locals that the JIT keeps track of, and run at half the speed.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Multiply<TVectors, TColumns>(GemmRuns runs, in GemmFactor<T> left, in GemmFactor<T> right, T alpha, T beta, T* c, nint strideC)
        where TVectors : struct, ISize
        where TColumns : struct, ISize
    {
        nint strideA = left.Inner, stepB = right.Inner, strideB = right.Along;
        Column c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        TVector top, middle = default, bottom = default;
        nint stride3 = strideB * 3, stride5 = strideB * 5, stride7 = strideB * 7;
        for (GemmRun* run = runs.First, end = run + runs.Count; run < end; run++)
        {
            T* a = left.Start + run->A;
            T* b = right.Start + (run->B * stepB);
            for (nint inner = run->Count; inner > 0; inner--)
            {
                top = TSimd.Load(a);
                if (TVectors.Value > 1)
                    middle = TSimd.Load(a + TSimd.Lanes);
                if (TVectors.Value > 2)
                    bottom = TSimd.Load(a + (2 * TSimd.Lanes));
                c0 = c0.Add<TVectors>(top, middle, bottom, b[0]);
                if (TColumns.Value > 1)
                    c1 = c1.Add<TVectors>(top, middle, bottom, b[strideB]);
                if (TColumns.Value > 2)
                    c2 = c2.Add<TVectors>(top, middle, bottom, b[2 * strideB]);
                if (TColumns.Value > 3)
                    c3 = c3.Add<TVectors>(top, middle, bottom, b[stride3]);
                if (TColumns.Value > 4)
                    c4 = c4.Add<TVectors>(top, middle, bottom, b[4 * strideB]);
                if (TColumns.Value > 5)
                    c5 = c5.Add<TVectors>(top, middle, bottom, b[stride5]);
                if (TColumns.Value > 6)
                    c6 = c6.Add<TVectors>(top, middle, bottom, b[2 * stride3]);
                if (TColumns.Value > 7)
                    c7 = c7.Add<TVectors>(top, middle, bottom, b[stride7]);
                a += strideA;
                b += stepB;
            }
        }

        c0.Store<TVectors>(c, alpha, beta);
        if (TColumns.Value > 1)
            c1.Store<TVectors>(c + strideC, alpha, beta);
        if (TColumns.Value > 2)
            c2.Store<TVectors>(c + (2 * strideC), alpha, beta);
        if (TColumns.Value > 3)
            c3.Store<TVectors>(c + (3 * strideC), alpha, beta);
        if (TColumns.Value > 4)
            c4.Store<TVectors>(c + (4 * strideC), alpha, beta);
        if (TColumns.Value > 5)
            c5.Store<TVectors>(c + (5 * strideC), alpha, beta);
        if (TColumns.Value > 6)
            c6.Store<TVectors>(c + (6 * strideC), alpha, beta);
        if (TColumns.Value > 7)
            c7.Store<TVectors>(c + (7 * strideC), alpha, beta);
    }

    /// <summary>alpha · sum + beta · old; beta = 0 forgets the old value, even NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Combine(TVector sum, TVector old, T alpha, T beta) => T.IsZero(beta)
        ? TSimd.Multiply(sum, TSimd.Broadcast(alpha))
        : TSimd.MultiplyAdd(sum, TSimd.Broadcast(alpha), TSimd.Multiply(TSimd.Broadcast(beta), old));

    /// <summary>One column of the tile. The JIT takes a struct of three vectors apart into three registers.</summary>
    private readonly struct Column(TVector top, TVector middle, TVector bottom)
    {
        private readonly TVector top = top;
        private readonly TVector middle = middle;
        private readonly TVector bottom = bottom;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Column Add<TVectors>(TVector aTop, TVector aMiddle, TVector aBottom, T b)
            where TVectors : struct, ISize
        {
            TVector factor = TSimd.Broadcast(b);
            return new Column(
                TSimd.MultiplyAdd(aTop, factor, top),
                TVectors.Value > 1 ? TSimd.MultiplyAdd(aMiddle, factor, middle) : default,
                TVectors.Value > 2 ? TSimd.MultiplyAdd(aBottom, factor, bottom) : default);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Store<TVectors>(T* c, T alpha, T beta)
            where TVectors : struct, ISize
        {
            TSimd.Store(c, Combine(top, TSimd.Load(c), alpha, beta));
            if (TVectors.Value > 1)
                TSimd.Store(c + TSimd.Lanes, Combine(middle, TSimd.Load(c + TSimd.Lanes), alpha, beta));
            if (TVectors.Value > 2)
                TSimd.Store(c + (2 * TSimd.Lanes), Combine(bottom, TSimd.Load(c + (2 * TSimd.Lanes)), alpha, beta));
        }
    }
}
