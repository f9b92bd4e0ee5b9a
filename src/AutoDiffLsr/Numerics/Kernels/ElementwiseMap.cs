using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Applies an elementary function to a span with the widest vectors there are.</summary>
internal static class ElementwiseMap<TFunction>
    where TFunction : struct, IElementaryFunction
{
    /// <summary>y[i] = f(x[i]); x and y may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Apply(InstructionSets.Best, x, y);

    /// <summary>The same with the given instructions; the results have the same bits with any that multiply and add in one step.</summary>
    internal static void Apply<T>(InstructionSet instructions, ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"x has {x.Length} elements, y has {y.Length}; the lengths must be equal.", nameof(y));
        if (typeof(T) == typeof(float))
            ApplyExact(instructions, MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y));
        else if (typeof(T) == typeof(double))
            ApplyExact(instructions, MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
        else
            for (int i = 0; i < x.Length; i++)
                y[i] = Apply(x[i]);
    }

    /// <summary>f(x), with the bits that x has in a span.</summary>
    internal static T Apply<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            Apply(InstructionSet.Portable, new ReadOnlySpan<T>(in x), new Span<T>(ref x));
            return x;
        }

        return T.CreateTruncating(Apply(double.CreateTruncating(x)));
    }

    private static void ApplyExact<T>(InstructionSet instructions, ReadOnlySpan<T> x, Span<T> y)
        where T : struct
    {
        if (instructions == InstructionSet.Avx512)
            Loop<Lanes512<T>, T>(x, y);
        else if (instructions == InstructionSet.Avx2)
            Loop<Lanes256<T>, T>(x, y);
        else
            Loop<Lanes128<T>, T>(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<L, T>(ReadOnlySpan<T> x, Span<T> y)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        nint i = 0;
        for (; i + L.Count <= x.Length; i += L.Count)
            TFunction.Of<L, T>(L.Load(ref from, i)).Store(ref to, i);
        if (i < x.Length)
            Rest<L, T>(x[(int)i..], y[(int)i..]);
    }

    // The last few elements travel in a whole vector too, so that they get the same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rest<L, T>(ReadOnlySpan<T> x, Span<T> y)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        VectorBuffer buffer = default;
        Span<byte> bytes = buffer;
        Span<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        x.CopyTo(elements);
        TFunction.Of<L, T>(L.Load(ref elements[0], 0)).Store(ref elements[0], 0);
        elements[..x.Length].CopyTo(y);
    }

    [InlineArray(64)]
    private struct VectorBuffer
    {
        private byte first;
    }
}
