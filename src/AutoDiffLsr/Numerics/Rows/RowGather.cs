using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>Chosen rows of a row-major table, copied into a column-major matrix.</summary>
internal static class RowGather
{
    private const int Lanes = 8;

    /// <summary>destination[f * rows.Length + i] = source[rows[i] * width + f].</summary>
    public static void Transpose<T>(ReadOnlySpan<T> source, int width, ReadOnlySpan<int> rows, Span<T> destination)
        where T : struct, IFloatingPointIeee754<T>
    {
        Check(source.Length / width, rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, rows.Length * width);
        int done = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            for (; done + Lanes <= rows.Length; done += Lanes)
                TransposeEight(MemoryMarshal.Cast<T, float>(source), width, rows, done, MemoryMarshal.Cast<T, float>(destination));
        }

        for (; done + 4 <= rows.Length; done += 4)
            TransposeFour(source, width, rows, done, destination, firstFeature: 0);
        for (; done < rows.Length; done++)
        {
            ReadOnlySpan<T> row = source.Slice(rows[done] * width, width);
            for (int feature = 0; feature < width; feature++)
                destination[(feature * rows.Length) + done] = row[feature];
        }
    }

    // The copies below go through references without bounds checks, so the indices are checked here, once.
    private static void Check(int available, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, available, nameof(rows));
        }
    }

    private static void TransposeFour<T>(
        ReadOnlySpan<T> source, int width, ReadOnlySpan<int> rows, int first, Span<T> destination, int firstFeature)
    {
        ref T row0 = ref Row(source, width, rows[first]);
        ref T row1 = ref Row(source, width, rows[first + 1]);
        ref T row2 = ref Row(source, width, rows[first + 2]);
        ref T row3 = ref Row(source, width, rows[first + 3]);
        ref T target = ref destination[first];
        for (nint feature = firstFeature; feature < width; feature++)
        {
            ref T quad = ref Unsafe.Add(ref target, feature * rows.Length);
            quad = Unsafe.Add(ref row0, feature);
            Unsafe.Add(ref quad, 1) = Unsafe.Add(ref row1, feature);
            Unsafe.Add(ref quad, 2) = Unsafe.Add(ref row2, feature);
            Unsafe.Add(ref quad, 3) = Unsafe.Add(ref row3, feature);
        }
    }

    private static void TransposeEight(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> rows, int first, Span<float> destination)
    {
        ref float row0 = ref Row(source, width, rows[first]);
        ref float row1 = ref Row(source, width, rows[first + 1]);
        ref float row2 = ref Row(source, width, rows[first + 2]);
        ref float row3 = ref Row(source, width, rows[first + 3]);
        ref float row4 = ref Row(source, width, rows[first + 4]);
        ref float row5 = ref Row(source, width, rows[first + 5]);
        ref float row6 = ref Row(source, width, rows[first + 6]);
        ref float row7 = ref Row(source, width, rows[first + 7]);
        ref float target = ref destination[first];
        int feature = 0;
        for (; feature + Lanes <= width; feature += Lanes)
        {
            nuint offset = (nuint)feature;
            TransposeTile(
                Vector256.LoadUnsafe(ref row0, offset),
                Vector256.LoadUnsafe(ref row1, offset),
                Vector256.LoadUnsafe(ref row2, offset),
                Vector256.LoadUnsafe(ref row3, offset),
                Vector256.LoadUnsafe(ref row4, offset),
                Vector256.LoadUnsafe(ref row5, offset),
                Vector256.LoadUnsafe(ref row6, offset),
                Vector256.LoadUnsafe(ref row7, offset),
                ref Unsafe.Add(ref target, feature * rows.Length),
                (nuint)rows.Length);
        }

        TransposeFour(source, width, rows, first, destination, feature);
        TransposeFour(source, width, rows, first + 4, destination, feature);
    }

    /// <summary>Eight rows of eight become eight columns: pairs interleave within 128-bit halves, then the halves change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeTile(
        Vector256<float> r0,
        Vector256<float> r1,
        Vector256<float> r2,
        Vector256<float> r3,
        Vector256<float> r4,
        Vector256<float> r5,
        Vector256<float> r6,
        Vector256<float> r7,
        ref float target,
        nuint stride)
    {
        (Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3) = TransposeHalves(r0, r1, r2, r3);
        (Vector256<float> b0, Vector256<float> b1, Vector256<float> b2, Vector256<float> b3) = TransposeHalves(r4, r5, r6, r7);
        const byte LowerHalves = 0x20;
        const byte UpperHalves = 0x31;
        Avx.Permute2x128(a0, b0, LowerHalves).StoreUnsafe(ref target);
        Avx.Permute2x128(a1, b1, LowerHalves).StoreUnsafe(ref target, stride);
        Avx.Permute2x128(a2, b2, LowerHalves).StoreUnsafe(ref target, 2 * stride);
        Avx.Permute2x128(a3, b3, LowerHalves).StoreUnsafe(ref target, 3 * stride);
        Avx.Permute2x128(a0, b0, UpperHalves).StoreUnsafe(ref target, 4 * stride);
        Avx.Permute2x128(a1, b1, UpperHalves).StoreUnsafe(ref target, 5 * stride);
        Avx.Permute2x128(a2, b2, UpperHalves).StoreUnsafe(ref target, 6 * stride);
        Avx.Permute2x128(a3, b3, UpperHalves).StoreUnsafe(ref target, 7 * stride);
    }

    /// <summary>Column k and column k + 4 of four rows, in the lower and upper half of result k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> C0, Vector256<float> C1, Vector256<float> C2, Vector256<float> C3) TransposeHalves(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        const byte FirstPairs = 0x44;
        const byte SecondPairs = 0xEE;
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        return (
            Avx.Shuffle(low01, low23, FirstPairs),
            Avx.Shuffle(low01, low23, SecondPairs),
            Avx.Shuffle(high01, high23, FirstPairs),
            Avx.Shuffle(high01, high23, SecondPairs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Row<T>(ReadOnlySpan<T> source, int width, int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(source), row * width);
}
