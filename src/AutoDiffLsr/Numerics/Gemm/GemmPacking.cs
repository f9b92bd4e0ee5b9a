using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Copies a piece of a factor into the order in which the kernel reads it: for each step of the inner direction, <c>width</c> neighbours side by side.
/// </summary>
internal static unsafe class GemmPacking<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>
    /// panel[p · width + i] = source(i, p) for i &lt; count, and 0 for the rest of the width. Whole vectors are written: the panel needs room for one
    /// vector more than it holds.
    /// </summary>
    internal static void Pack(GemmFactor<T> source, int count, int width, int depth, T* panel)
    {
        if (source.Along == 1)
            CopyRuns(source.Start, source.Inner, count, width, depth, panel);
        else
            Transpose(source, count, width, depth, panel);
    }

    // A vector written past the width is overwritten by the next step's, and past the last step by nothing that matters.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CopyRuns(T* source, nint stride, int count, int width, int depth, T* panel)
    {
        int whole = count / TSimd.Lanes * TSimd.Lanes;
        for (; depth > 0; depth--)
        {
            for (int i = 0; i < whole; i += TSimd.Lanes)
                TSimd.Store(panel + i, TSimd.Load(source + i));
            if (whole < count)
                TSimd.Store(panel + whole, TSimd.LoadFirst(source + whole, count - whole));
            source += stride;
            panel += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Transpose(GemmFactor<T> source, int count, int width, int depth, T* panel)
    {
        if (count < width)
            new Span<T>(panel, width * depth).Clear();
        int done = 0;
        if (Avx.IsSupported && source.Inner == 1)
        {
            int square = Vector256<T>.Count;
            for (; done + square <= count; done += square)
                TransposeSquares(source.From(done, 0), width, depth, panel + done);
        }

        for (; done < count; done++)
            Scatter(source.From(done, 0), width, depth, panel + done);
    }

    // As many runs as a vector has lanes, a square at a time, and the last steps one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransposeSquares(GemmFactor<T> source, int width, int depth, T* panel)
    {
        int square = Vector256<T>.Count, p = 0;
        for (; p + square <= depth; p += square)
        {
            if (typeof(T) == typeof(float))
                TransposeSquare((float*)source.Start + p, source.Along, (float*)panel + ((nint)p * width), width);
            else
                TransposeSquare((double*)source.Start + p, source.Along, (double*)panel + ((nint)p * width), width);
        }

        for (int i = 0; i < square; i++)
            Scatter(source.From(i, p), width, depth - p, panel + ((nint)p * width) + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scatter(GemmFactor<T> source, int width, int depth, T* panel)
    {
        T* from = source.Start;
        for (; depth > 0; depth--)
        {
            *panel = *from;
            from += source.Inner;
            panel += width;
        }
    }

    // 8 x 8 floats in three rounds: pairs of elements, pairs of pairs, halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* source, nint stride, float* target, nint width)
    {
        Vector256<float> r0 = Vector256.Load(source), r1 = Vector256.Load(source + stride);
        Vector256<float> r2 = Vector256.Load(source + (2 * stride)), r3 = Vector256.Load(source + (3 * stride));
        source += 4 * stride;
        Vector256<float> r4 = Vector256.Load(source), r5 = Vector256.Load(source + stride);
        Vector256<float> r6 = Vector256.Load(source + (2 * stride)), r7 = Vector256.Load(source + (3 * stride));

        Vector256<double> p0 = LowPairs(r0, r1), p1 = HighPairs(r0, r1), p2 = LowPairs(r2, r3), p3 = HighPairs(r2, r3);
        Vector256<double> p4 = LowPairs(r4, r5), p5 = HighPairs(r4, r5), p6 = LowPairs(r6, r7), p7 = HighPairs(r6, r7);

        StoreHalves(Avx.UnpackLow(p0, p2), Avx.UnpackLow(p4, p6), target, width);
        StoreHalves(Avx.UnpackHigh(p0, p2), Avx.UnpackHigh(p4, p6), target + width, width);
        StoreHalves(Avx.UnpackLow(p1, p3), Avx.UnpackLow(p5, p7), target + (2 * width), width);
        StoreHalves(Avx.UnpackHigh(p1, p3), Avx.UnpackHigh(p5, p7), target + (3 * width), width);
    }

    private static Vector256<double> LowPairs(Vector256<float> left, Vector256<float> right) => Avx.UnpackLow(left, right).AsDouble();

    private static Vector256<double> HighPairs(Vector256<float> left, Vector256<float> right) => Avx.UnpackHigh(left, right).AsDouble();

    // The lower halves are one row of the transpose, the upper halves the row four below it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<double> left, Vector256<double> right, float* target, nint width)
    {
        Avx.Permute2x128(left, right, 0x20).AsSingle().Store(target);
        Avx.Permute2x128(left, right, 0x31).AsSingle().Store(target + (4 * width));
    }

    // 4 x 4 doubles: pairs, then halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(double* source, nint stride, double* target, nint width)
    {
        Vector256<double> r0 = Vector256.Load(source), r1 = Vector256.Load(source + stride);
        Vector256<double> r2 = Vector256.Load(source + (2 * stride)), r3 = Vector256.Load(source + (3 * stride));
        Vector256<double> p0 = Avx.UnpackLow(r0, r1), p1 = Avx.UnpackHigh(r0, r1), p2 = Avx.UnpackLow(r2, r3), p3 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(p0, p2, 0x20).Store(target);
        Avx.Permute2x128(p1, p3, 0x20).Store(target + width);
        Avx.Permute2x128(p0, p2, 0x31).Store(target + (2 * width));
        Avx.Permute2x128(p1, p3, 0x31).Store(target + (3 * width));
    }
}
