using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffLsr.Numerics;

/// <summary>The elementary functions on the lanes of a vector. The mathematics of each is in the comment above it; docs/performance.md has their errors.</summary>
internal static class ElementaryKernels<L, T>
    where L : struct, ILanes<L, T>
    where T : struct
{
    private const double Log2OfE = 1.4426950408889634;
    private const double Ln2 = 0.69314718055994531;
    private const double InverseSqrt2Pi = 0.3989422804014327;

    private static L Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.Of(0);
    }

    private static L One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.Of(1);
    }

    /// <summary>eˣ = 2ⁿ eʳ, where n is x / ln 2 rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Exp(L x)
    {
        L bounded = L.Smaller(L.Of(Format<T>.ExpIsInfinite), L.Larger(L.Of(Format<T>.ExpIsZero), x));
        L n = Round(bounded * L.Of(Log2OfE));
        L r = Reduce(bounded, n);
        L power = L.MultiplyAdd(r * r, Polynomials.ExpRest<L, T>(r), r) + One;
        L half = Round(n * L.Of(0.5)); // 2ⁿ itself may lie outside the range when eˣ does not
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>
    /// eˣ for the x ≤ 0 that is left when a maximum, or nearly one, has been subtracted, to the precision of TResult. That subtraction's rounding, up to half a
    /// unit of |x|, moves the result more than reducing x in one step instead of two. Results below the smallest normal number go to 0 faster than eˣ does,
    /// and are 0 from <see cref="Format{T}.ExpIsFlushed"/> down: denormals are slow, and a softmax does not miss them.
    /// </summary>
    /// <remarks>
    /// eˣ = 2^(n/k) eʳ, where n is k x / ln 2 rounded. For float, k is 16: r is so small that two terms make eʳ - 1, and sixteen roots of two lie in a register.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ExpBelowZero<TResult>(L x)
    {
        double k = typeof(T) == typeof(float) ? 16 : 1;
        L bounded = L.Larger(L.Of(Format<T>.ExpIsFlushed), x);
        L index = L.MultiplyAdd(bounded, L.Of(k * Log2OfE), L.Of(Format<T>.Rounder)); // n in its low bits
        L r = L.MultiplyAdd(index - L.Of(Format<T>.Rounder), L.Of(-Ln2 / k), bounded);
        L power = typeof(T) == typeof(float)
            ? L.AddBits(L.LookUp(ref RootsOfTwo.Table<T>(), index), L.ShiftLeft(index, 19))
            : L.AddBits(L.OfBits(Format<T>.OneBits), ToExponent(index));
        L rest = L.MultiplyAdd(Polynomials.ShortExpRest<L, T, TResult>(r), r * r, r);
        return L.MultiplyAdd(power, rest, power);
    }

    /// <summary>-|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L NegativeMagnitude(L x) => x | L.OfBits(Format<T>.SignBit);

    /// <summary>ln x = k ln 2 + ln(1 + f), where x = 2ᵏ (1 + f) and 1 + f lies in [√½, √2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Log(L x)
    {
        L denormal = x < L.Of(Format<T>.SmallestNormal);
        L normal = L.Choose(denormal, x * L.Of(Format<T>.WholeBase), x);
        Split(normal, out L k, out L f);
        k -= denormal & L.Of(Format<T>.MantissaBits);
        return LogEnds(x, LogOfParts<T>(f, k, Zero));
    }

    /// <summary>ln(1 + x): as the logarithm of the rounded u = 1 + x, plus what rounding lost, divided by u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Log1p(L x)
    {
        L u = One + x;
        L lost = L.Choose(x > One, One - (u - x), x - (u - One)) / u;
        return L.Choose(L.Same(x, Zero), x, LogEnds(u, Log1p(x, u, lost))); // keeps the sign of 0
    }

    /// <summary>tanh |x| = e / (e + 2) with e = exp(2|x|) - 1, which does not cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Tanh(L x)
    {
        L twice = L.Smaller(L.Of(Format<T>.TanhIsOne), Magnitude(x)) * L.Of(2);
        L n = Round(twice * L.Of(Log2OfE));
        L r = Reduce(twice, n);
        L power = PowerOfTwo(n);
        L e = L.MultiplyAdd(L.MultiplyAdd(r * r, Polynomials.ExpRest<L, T>(r), r), power, power - One);
        return (e / (e + L.Of(2))) | Sign(x);
    }

    /// <summary>1 / (1 + e⁻ˣ), with the exponential of -|x| only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Sigmoid(L x)
    {
        L e = Exp(Zero - Magnitude(x));
        return L.Choose(x < Zero, e, One) / (One + e);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^(-|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Softplus(L x)
    {
        L e = Exp(Zero - Magnitude(x));
        L u = One + e;
        return L.Larger(Zero, x) + Log1p(e, u, (e - (u - One)) / u); // e lies in [0, 1]: none of the logarithm's ends
    }

    /// <summary>
    /// ln(1 + x) of a finite x ≥ 0 to the precision of TResult; NaN for others. With fewer digits than the lanes have, what rounding 1 + x loses of a large x
    /// does not matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Log1pOfPositive<TResult>(L x)
    {
        L u = One + x;
        Split(u, out L k, out L f);
        L lost = typeof(TResult) == typeof(T) ? L.ChooseSame(k, Zero, Zero, L.Choose(x > One, One - (u - x), x - (u - One)) / u) : x - x;
        return LogOfParts<TResult>(L.ChooseSame(k, Zero, x, f), k, lost);
    }

    /// <summary>φ(x) = e^(-x²/2) / √(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L NormalPdf(L x) => Bell(BoundedMagnitude(x)) * L.Of(InverseSqrt2Pi);

    /// <summary>Φ(x): the tail for negative x, what the tail leaves of 1 for the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L NormalCdf(L x)
    {
        L a = BoundedMagnitude(x);
        L tail = TailOverBell(a) * Bell(a);
        return L.Choose(x < Zero, tail, One - tail);
    }

    /// <summary>x Φ(x). In the lower tail x meets the part that is not tiny first, so that only the result may be denormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Gelu(L x)
    {
        L a = BoundedMagnitude(x);
        L bell = Bell(a), ratio = TailOverBell(a);
        return L.Choose(x < Zero, (Zero - (a * ratio)) * bell, x * (One - (ratio * bell)));
    }

    // x - n ln 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Reduce(L x, L n) => L.MultiplyAdd(n, L.Of(-Format<T>.Ln2Low), L.MultiplyAdd(n, L.Of(-Format<T>.Ln2High), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Round(L x) => x + L.Of(Format<T>.Rounder) - L.Of(Format<T>.Rounder);

    // The stored exponent of 2ⁿ, n + bias, appears in the low bits of the sum and is shifted to its place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L PowerOfTwo(L n) => ToExponent(n + L.Of(Format<T>.Rounder + Format<T>.Bias));

    // A literal count is part of the instruction; one that the JIT has to find out first is read from memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ToExponent(L bits) => typeof(T) == typeof(float) ? L.ShiftLeft(bits, 23) : L.ShiftLeft(bits, 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L FromExponent(L bits) => typeof(T) == typeof(float) ? L.ShiftRight(bits, 23) : L.ShiftRight(bits, 52);

    // x = 2ᵏ (1 + f): moving √½ to 1 makes the exponent change at √½ and √2 instead of 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(L x, out L k, out L f)
    {
        L moved = L.AddBits(x, L.OfBits(Format<T>.OneBits - Format<T>.SqrtHalfBits));
        k = (FromExponent(moved) | L.Of(Format<T>.WholeBase)) - L.Of(Format<T>.WholeBase + Format<T>.Bias);
        f = L.AddBits(moved & L.OfBits(Format<T>.MantissaMask), L.OfBits(Format<T>.SqrtHalfBits)) - One;
    }

    // ln(1 + x) for u = 1 + x, rounded, and the error of rounding it, over u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Log1p(L x, L u, L lost)
    {
        Split(u, out L k, out L f);
        L exact = L.Same(k, Zero); // then f is x itself and nothing is lost
        return LogOfParts<T>(L.Choose(exact, x, f), k, L.Choose(exact, Zero, lost));
    }

    // ln(1 + f) = f - f²/2 + s (f²/2 + z P(z)) with s = f / (2 + f) and z = s²: the leading term is exact. (The form of fdlibm's e_log.c.)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogOfParts<TResult>(L f, L k, L correction)
    {
        L s = f / (L.Of(2) + f);
        L z = s * s;
        L halfSquare = L.Of(0.5) * f * f;
        L rest = L.MultiplyAdd(s, L.MultiplyAdd(z, Polynomials.LogRest<L, T, TResult>(z), halfSquare), L.MultiplyAdd(k, L.Of(Format<T>.Ln2Low), correction));
        return L.MultiplyAdd(k, L.Of(Format<T>.Ln2High), f - (halfSquare - rest));
    }

    // ln 0 = -∞, ln ∞ = ∞, and NaN below 0 and for NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogEnds(L x, L y)
    {
        L infinity = L.Of(double.PositiveInfinity);
        y = L.Choose(L.Same(x, Zero), L.Of(double.NegativeInfinity), y);
        y = L.Choose(L.Same(x, infinity), infinity, y);
        return L.Choose(x >= Zero, y, L.Of(double.NaN));
    }

    // e^(-a²/2). The square's rounding error, a whole unit of the exponent in the tail, is made good to first order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Bell(L a)
    {
        L square = a * a;
        L bell = Exp(square * L.Of(-0.5));
        return L.MultiplyAdd(bell * L.Of(-0.5), SquareError(a, square), bell);
    }

    // a² - square, exactly: by one fused operation, or by halves (Dekker, 1971).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L SquareError(L a, L square)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            return L.MultiplyAdd(a, a, Zero - square);
        L scaled = a * L.Of(Format<T>.Splitter);
        L high = scaled - (scaled - a);
        L low = a - high;
        return (low * low) + ((L.Of(2) * high * low) + ((high * high) - square));
    }

    // (1 - Φ(a)) e^(a²/2)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L TailOverBell(L a)
    {
        L centre = L.Of(Polynomials.TailCentre<T>());
        return Polynomials.NormalTail<L, T>((a - centre) / (a + centre)) / (One + a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L BoundedMagnitude(L x) => L.Smaller(L.Of(Format<T>.NormalTailIsZero), Magnitude(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Magnitude(L x) => x & L.OfBits(~Format<T>.SignBit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Sign(L x) => x & L.OfBits(Format<T>.SignBit);
}
