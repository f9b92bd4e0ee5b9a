using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Elementary functions over spans: y[i] = f(x[i]). The lengths are equal; x and y may be the same memory. NaN gives NaN.</summary>
internal static class Functions
{
    /// <summary>y = eˣ.</summary>
    internal static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => T.Exp(value));

    /// <summary>y = ln x: negative infinity at 0, NaN below.</summary>
    internal static void Log<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => TensorPrimitives.Log(x, y);

    /// <summary>y = ln(1 + x), without cancellation near 0.</summary>
    internal static void Log1p<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => Log1p(value));

    /// <summary>y = tanh x.</summary>
    internal static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => T.Tanh(value));

    /// <summary>y = 1 / (1 + e⁻ˣ).</summary>
    internal static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => Sigmoid(value));

    /// <summary>y = ln(1 + eˣ).</summary>
    internal static void Softplus<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => Softplus(value));

    /// <summary>y = Φ(x), the distribution function of the standard normal distribution.</summary>
    internal static void NormalCdf<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => NormalCdf(value));

    /// <summary>y = φ(x) = e^(-x²/2) / √(2π), the density of the standard normal distribution.</summary>
    internal static void NormalPdf<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => NormalPdf(value));

    /// <summary>y = x Φ(x), the exact GELU (Hendrycks and Gimpel, 2016, arXiv 1606.08415).</summary>
    internal static void Gelu<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => Map(x, y, static value => T.IsNegativeInfinity(value) ? -T.Zero : value * NormalCdf(value));

    /// <summary>ln(1 + x), without cancellation near 0.</summary>
    internal static T Log1p<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        T sum = T.One + x;
        if (sum == T.One || T.IsPositiveInfinity(sum))
            return x;
        return T.IsZero(sum) ? T.NegativeInfinity : T.Log(sum) + ((x - (sum - T.One)) / sum); // the last term restores what rounding 1 + x lost
    }

    /// <summary>ln(1 + eˣ).</summary>
    internal static T Softplus<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => T.Max(x, T.Zero) + Log1p(T.Exp(-T.Abs(x)));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    internal static T Sigmoid<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        T e = T.Exp(-T.Abs(x));
        return (T.IsNegative(x) ? e : T.One) / (T.One + e);
    }

    private static T NormalCdf<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => T.CreateChecked(0.5 * SpecialFunctions.Erfc(-double.CreateChecked(x) * Constants.Sqrt1Over2));

    private static T NormalPdf<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        double value = double.CreateChecked(x);
        return T.CreateChecked(Constants.InvSqrt2Pi * Math.Exp(-0.5 * value * value));
    }

    private static void Map<T>(ReadOnlySpan<T> x, Span<T> y, Func<T, T> function)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = function(x[i]);
    }
}
