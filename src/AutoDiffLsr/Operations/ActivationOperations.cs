using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>The nonlinear functions between layers, entry by entry.</summary>
public static class ActivationOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = tanh x.  dx = tanh'(x)·dy = (1 - y²)·dy</summary>
        public Variable<T> Tanh() => Operation.Elementwise(
            "tanh", x, static (x, y) => Functions.Tanh(x, y), static (x, y, dy) => x.TanhSlope(dy));

        /// <summary>y = σ(x) = 1 / (1 + e⁻ˣ).  dx = σ'(x)·dy = y·(1 - y)·dy</summary>
        public Variable<T> Sigmoid() => Operation.Elementwise(
            "sigmoid", x, static (x, y) => Functions.Sigmoid(x, y), static (x, y, dy) => x.SigmoidSlope(dy));

        /// <summary>y = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^-|x|).  dx = σ(x)·dy</summary>
        public Variable<T> Softplus() => Operation.Elementwise(
            "softplus", x, static (x, y) => Functions.Softplus(x, y), static (x, y, dy) => x.SoftplusSlope(dy));

        /// <summary>y = x·Φ(x), with Φ the distribution of the normal law (Hendrycks and Gimpel 2016, the exact form).  dx = (Φ(x) + x·φ(x))·dy</summary>
        public Variable<T> Gelu() => Operation.Elementwise(
            "gelu", x, static (x, y) => Functions.Gelu(x, y), static (x, y, dy) => x.GeluSlope(dy));

        /// <summary>y = x·σ(x), also called swish (Elfwing and others 2017).  dx = (σ(x) + y·(1 - σ(x)))·dy</summary>
        public Variable<T> Silu() => Operation.Elementwise(
            "silu",
            x,
            forward: static (x, y) => ScalarFunctions.Silu(x, y),
            vjp: static (x, y, dy) => (x.Sigmoid() + (y * (-x).Sigmoid())) * dy);

        /// <summary>y = x where x &gt; 0, else α·(eˣ - 1) (Clevert and others 2015).  dx = dy where x &gt; 0, else α·eˣ·dy (as for negative x at 0)</summary>
        /// <param name="alpha">α, what it tends to on the left, with the sign changed.</param>
        public Variable<T> Elu(double alpha = 1) => x.BySide(x, 0, 0, 1) + (alpha * x.BySide(PiecewiseOperations.Noted(x, 0), 1, 1, 0).Expm1());

        /// <summary>y = 0 where x ≤ -3, x where x ≥ 3, else x·(x + 3)/6 (Howard and others 2019).  dx = 0, dy or (2·x + 3)/6·dy (the middle at -3 and 3, as in PyTorch)</summary>
        public Variable<T> HardSwish() => x.Clamp(-3, double.PositiveInfinity) * ((x + 3).Clamp(0, 6) / 6);

        /// <summary>y = x·tanh(ln(1 + eˣ)) (Misra 2019).  dx by the rules of its parts</summary>
        /// <remarks>Below -1000 the second factor is 0, so the first may stop there: negative infinity times 0 would be NaN.</remarks>
        public Variable<T> Mish() => x.Clamp(-1000, double.PositiveInfinity) * x.Softplus().Tanh();

        /// <summary>y = Φ(x), the distribution of the standard normal law.  dx = φ(x)·dy</summary>
        public Variable<T> NormalDistribution() => Operation.Elementwise(
            "normal distribution", x, static (x, y) => Functions.NormalCdf(x, y), static (x, y, dy) => dy * x.NormalDensity());

        /// <summary>y = φ(x) = e^(-x²/2) / √(2π), the density of the standard normal law.  dx = -x·y·dy</summary>
        public Variable<T> NormalDensity() => Operation.Elementwise(
            "normal density", x, static (x, y) => Functions.NormalPdf(x, y), static (x, y, dy) => -(x * y * dy));
    }
}
