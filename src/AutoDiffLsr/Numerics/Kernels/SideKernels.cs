using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Choices by the side of a threshold that a number is on, entry by entry. What is not chosen has no part in the result, infinite or NaN as it may be.</summary>
internal static class SideKernels
{
    /// <summary>y = x times one of three factors, by the sign of the gate; the middle one where the gate is 0 or NaN. A factor 0 gives 0. All spans have one length.</summary>
    public static void Scale<T>(ReadOnlySpan<T> gate, ReadOnlySpan<T> x, Span<T> y, T below, T at, T above)
        where T : struct, IFloatingPointIeee754<T>
    {
        int done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            ReadOnlySpan<Vector<T>> gates = MemoryMarshal.Cast<T, Vector<T>>(gate), from = MemoryMarshal.Cast<T, Vector<T>>(x);
            Span<Vector<T>> to = MemoryMarshal.Cast<T, Vector<T>>(y);
            for (int i = 0; i < gates.Length; i++)
            {
                Vector<T> middle = Vector.ConditionalSelect(Vector.LessThan(gates[i], Vector<T>.Zero), Times(from[i], below), Times(from[i], at));
                to[i] = Vector.ConditionalSelect(Vector.GreaterThan(gates[i], Vector<T>.Zero), Times(from[i], above), middle);
            }

            done = gates.Length * Vector<T>.Count;
        }

        for (int i = done; i < y.Length; i++)
        {
            T factor = gate[i] > T.Zero ? above : gate[i] < T.Zero ? below : at;
            y[i] = factor == T.Zero ? T.Zero : x[i] * factor;
        }
    }

    /// <summary>y = x·b, but 0 where b is 0.</summary>
    public static void MultiplyUnlessZero<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> b, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = b[i] == T.Zero ? T.Zero : x[i] * b[i];
    }

    /// <summary>y = 1 where low ≤ x ≤ high, else 0.</summary>
    public static void Inside<T>(ReadOnlySpan<T> x, T low, T high, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] >= low & x[i] <= high ? T.One : T.Zero;
    }

    /// <summary>y = -1 where a &lt; b, 1 where a &gt; b, else 0.</summary>
    public static void Compare<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = a[i] > b[i] ? T.One : a[i] < b[i] ? T.NegativeOne : T.Zero;
    }

    private static Vector<T> Times<T>(Vector<T> x, T factor)
        where T : struct, IFloatingPointIeee754<T> => factor == T.Zero ? Vector<T>.Zero : x * factor;
}
