using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Functions of one or two numbers that have no vector kernel of their own. The .NET functions behind them are those of the C library, within 1 ulp or close to
/// it, and give the same bits at every place of a span; what .NET has not or computes naively is here.
/// </summary>
internal static class ScalarFunctions
{
    /// <summary>y[i] = f(x[i]).</summary>
    public static void Map<T>(ReadOnlySpan<T> x, Span<T> y, Func<T, T> function)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = function(x[i]);
    }

    /// <summary>y[i] = f(a[i], b[i]).</summary>
    public static void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, Func<T, T, T> function)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = function(a[i], b[i]);
    }

    /// <summary>eˣ - 1 without cancellation near 0 (W. Kahan's form: the rounding of eˣ falls out of the quotient); .NET's is Exp(x) - 1.</summary>
    public static T Expm1<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        double z = double.CreateChecked(x), e = Math.Exp(z);
        if (e == 1)
            return x;
        double below = e - 1;
        return T.CreateTruncating(below == -1 || double.IsInfinity(e) || Math.Abs(z) > 1 ? below : below * z / Math.Log(e));
    }

    /// <summary>erf(x) = 2/√π ∫₀ˣ e^(-t²) dt, odd.</summary>
    public static T Erf<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erf(double.CreateChecked(x)));

    /// <summary>ln(eᵃ + eᵇ) = max + ln(1 + e^-|a - b|); equal infinities give themselves.</summary>
    public static T LogAddExp<T>(T a, T b)
        where T : struct, IFloatingPointIeee754<T> =>
        a == b ? a + T.CreateTruncating(Math.Log(2)) : T.Max(a, b) + Functions.Log1p(T.Exp(-T.Abs(a - b)));

    /// <summary>σ(a - b), ½ where they are equal, infinite or not: the share of eᵃ in eᵃ + eᵇ.</summary>
    public static T ShareOfFirst<T>(T a, T b)
        where T : struct, IFloatingPointIeee754<T> => a == b ? T.CreateTruncating(0.5) : Functions.Sigmoid(a - b);

    /// <summary>y = x·σ(x), with 0 at negative infinity, where the product would be NaN.</summary>
    public static void Silu<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        Functions.Sigmoid(x, y);
        TensorPrimitives.Multiply(x, y, y);
        for (int i = 0; i < y.Length; i++)
        {
            if (T.IsNegativeInfinity(x[i]))
                y[i] = T.Zero;
        }
    }

    /// <summary>The quotient, 0 where both are 0.</summary>
    public static T RatioOrZero<T>(T a, T b)
        where T : struct, IFloatingPointIeee754<T> => a == T.Zero && b == T.Zero ? T.Zero : a / b;
}
