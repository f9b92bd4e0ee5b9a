using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>The nonlinear functions between layers, entry by entry.</summary>
public static class Activations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = tanh x.  dx = (1 - y²)·dy</summary>
        public Variable<T> Tanh() => Operation.Elementwise(
            "tanh", x, static (x, y) => Functions.Tanh(x, y), static (x, y, dy) => y.TanhSlope(dy));

        /// <summary>y = σ(x) = 1 / (1 + e⁻ˣ).  dx = y·(1 - y)·dy</summary>
        public Variable<T> Sigmoid() => Operation.Elementwise(
            "sigmoid", x, static (x, y) => Functions.Sigmoid(x, y), static (x, y, dy) => y.SigmoidSlope(dy));

        /// <summary>y = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^-|x|).  dx = σ(x)·dy</summary>
        public Variable<T> Softplus() => Operation.Elementwise(
            "softplus", x, static (x, y) => Functions.Softplus(x, y), static (x, y, dy) => x.SoftplusSlope(dy));

        /// <summary>y = x·Φ(x), with Φ the distribution of the normal law (Hendrycks and Gimpel 2016, the exact form).  dx = (Φ(x) + x·φ(x))·dy</summary>
        public Variable<T> Gelu() => Operation.Elementwise(
            "gelu", x, static (x, y) => Functions.Gelu(x, y), static (x, y, dy) => x.GeluSlope(dy));

        /// <summary>y = Φ(x), the distribution of the standard normal law.  dx = φ(x)·dy</summary>
        public Variable<T> NormalDistribution() => Operation.Elementwise(
            "normal distribution", x, static (x, y) => Functions.NormalCdf(x, y), static (x, y, dy) => dy * x.NormalDensity());

        /// <summary>y = φ(x) = e^(-x²/2) / √(2π), the density of the standard normal law.  dx = -x·y·dy</summary>
        public Variable<T> NormalDensity() => Operation.Elementwise(
            "normal density", x, static (x, y) => Functions.NormalPdf(x, y), static (x, y, dy) => -(x * y * dy));
    }
}
