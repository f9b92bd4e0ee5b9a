using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Elementary functions over spans: y[i] = f(x[i]). The lengths are equal; x and y may be the same memory; NaN gives NaN. An element's result has the
/// same bits at every position, in every length and as a single number. docs/performance.md has the largest error of each.
/// </summary>
/// <remarks>
/// None is <see cref="System.Numerics.Tensors.TensorPrimitives"/>': its vectors and its last few elements go through different code, so that bits
/// depend on the position; its float exponential of 0 is 1.0000001, and its LogP1 cancels.
/// </remarks>
internal static class Functions
{
    /// <summary>y = eˣ.</summary>
    internal static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<ExpFunction>.Apply(x, y);

    /// <summary>y = ln x: negative infinity at 0, NaN below.</summary>
    internal static void Log<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<LogFunction>.Apply(x, y);

    /// <summary>y = ln(1 + x), without cancellation near 0.</summary>
    internal static void Log1p<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<Log1pFunction>.Apply(x, y);

    /// <summary>y = tanh x.</summary>
    internal static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<TanhFunction>.Apply(x, y);

    /// <summary>y = 1 / (1 + e⁻ˣ).</summary>
    internal static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<SigmoidFunction>.Apply(x, y);

    /// <summary>y = ln(1 + eˣ).</summary>
    internal static void Softplus<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<SoftplusFunction>.Apply(x, y);

    /// <summary>y = Φ(x), the distribution function of the standard normal distribution.</summary>
    internal static void NormalCdf<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<NormalCdfFunction>.Apply(x, y);

    /// <summary>y = φ(x) = e^(-x²/2) / √(2π), the density of the standard normal distribution.</summary>
    internal static void NormalPdf<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<NormalPdfFunction>.Apply(x, y);

    /// <summary>y = x Φ(x), the exact GELU (Hendrycks and Gimpel, 2016, arXiv 1606.08415).</summary>
    internal static void Gelu<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<GeluFunction>.Apply(x, y);

    /// <summary>ln(1 + x), without cancellation near 0.</summary>
    internal static T Log1p<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<Log1pFunction>.Apply(x);

    /// <summary>ln(1 + eˣ).</summary>
    internal static T Softplus<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<SoftplusFunction>.Apply(x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    internal static T Sigmoid<T>(T x)
        where T : struct, IFloatingPointIeee754<T> => ElementwiseMap<SigmoidFunction>.Apply(x);
}
