using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>The layout of float or double, and the numbers that depend on it. The JIT makes every member a constant.</summary>
internal static class Format<T>
{
    /// <summary>The bits behind the leading one.</summary>
    internal static int MantissaBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 23 : 52;
    }

    /// <summary>The mask of those bits.</summary>
    internal static long MantissaMask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 0x7FFFFF : 0xFFFFFFFFFFFFF;
    }

    /// <summary>What is added to an exponent before it is stored.</summary>
    internal static int Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 127 : 1023;
    }

    /// <summary>The bits of 1.</summary>
    internal static long OneBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 0x3F800000 : 0x3FF0000000000000;
    }

    /// <summary>The bits of √½.</summary>
    internal static long SqrtHalfBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 0x3F3504F3 : 0x3FE6A09E667F3BCD;
    }

    /// <summary>1.5 · 2^<see cref="MantissaBits"/>: adding it rounds to a whole number, which the low bits then hold.</summary>
    internal static double Rounder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 12582912 : 6755399441055744;
    }

    /// <summary>2^<see cref="MantissaBits"/>: or-ing a small whole number into its bits adds it.</summary>
    internal static double WholeBase
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 8388608 : 4503599627370496;
    }

    /// <summary>ln 2 times the exponent that is stored as 0, -127 or -1023.</summary>
    internal static double ExpIsFlushed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? -88.0296919 : -709.08956571282405;
    }

    /// <summary>The smallest number that is not denormal.</summary>
    internal static double SmallestNormal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308;
    }

    /// <summary>From here down eˣ is 0.</summary>
    internal static double ExpIsZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? -104 : -746;
    }

    /// <summary>From here up eˣ is infinite.</summary>
    internal static double ExpIsInfinite
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 89 : 710;
    }

    /// <summary>From here up tanh is 1 when rounded.</summary>
    internal static double TanhIsOne
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 10 : 20;
    }

    /// <summary>From here up the tail of the normal distribution is 0.</summary>
    internal static double NormalTailIsZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 15 : 40;
    }

    /// <summary>ln 2 with so few bits that its product with any exponent is exact.</summary>
    internal static double Ln2High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 0.693359375 : 6.93147180369123816490e-01;
    }

    /// <summary>What <see cref="Ln2High"/> lacks of ln 2.</summary>
    internal static double Ln2Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? -2.12194440e-4 : 1.90821492927058770002e-10;
    }

    /// <summary>Splits a number in two halves of its bits when multiplied (Dekker, 1971).</summary>
    internal static double Splitter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 4097 : 134217729;
    }

    /// <summary>The bit that is set in negative numbers.</summary>
    internal static long SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 0x80000000L : long.MinValue;
    }
}
