using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>The nonlinear functions between layers, entry by entry.</summary>
public static class Activations
{
    /// <summary>y = tanh x.  dx = (1 - y²)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output, in [-1, 1].</returns>
    public static Variable<T> Tanh<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "tanh",
            x,
            forward: static (x, y) => Functions.Tanh(x, y),
            vjp: static (x, y, dy) => y.TanhSlope(dy));

    /// <summary>y = σ(x) = 1 / (1 + e⁻ˣ).  dx = y·(1 - y)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output, in [0, 1].</returns>
    public static Variable<T> Sigmoid<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "sigmoid",
            x,
            forward: static (x, y) => Functions.Sigmoid(x, y),
            vjp: static (x, y, dy) => y.SigmoidSlope(dy));

    /// <summary>y = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^-|x|).  dx = σ(x)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output, positive.</returns>
    public static Variable<T> Softplus<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "softplus",
            x,
            forward: static (x, y) => Functions.Softplus(x, y),
            vjp: static (x, y, dy) => x.SoftplusSlope(dy));

    /// <summary>y = x·Φ(x), with Φ the distribution of the normal law (Hendrycks and Gimpel 2016, the exact form).  dx = (Φ(x) + x·φ(x))·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Gelu<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "gelu",
            x,
            forward: static (x, y) => Functions.Gelu(x, y),
            vjp: static (x, y, dy) => x.GeluSlope(dy));

    /// <summary>y = Φ(x), the distribution of the standard normal law.  dx = φ(x)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output, in [0, 1].</returns>
    public static Variable<T> NormalDistribution<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "normal distribution",
            x,
            forward: static (x, y) => Functions.NormalCdf(x, y),
            vjp: static (x, y, dy) => dy * x.NormalDensity());

    /// <summary>y = φ(x) = e^(-x²/2) / √(2π), the density of the standard normal law.  dx = -x·y·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public static Variable<T> NormalDensity<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "normal density",
            x,
            forward: static (x, y) => Functions.NormalPdf(x, y),
            vjp: static (x, y, dy) => -(x * y * dy));
}
