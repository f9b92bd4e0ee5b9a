using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>What activations send back, their slope times dy, in one kernel: operations like any other, linear in dy, with rules of their own.</summary>
internal static class Slopes
{
    extension<T>(Variable<T> saved)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>dx = (1 - y²)·dy.  Its own rule, for a gradient g: -2·y·dy·g and (1 - y²)·g</summary>
        public Variable<T> TanhSlope(Variable<T> dy) => Operation.Elementwise(
            "tanh slope",
            saved,
            dy,
            forward: static (y, dy, dx) => SlopeMap<TanhSlope>.Apply(y, dy, dx),
            vjpA: static (y, dy, dx, g) => -2 * (y * dy * g),
            vjpB: static (y, dy, dx, g) => y.TanhSlope(g));

        /// <summary>dx = y·(1 - y)·dy.  Its own rule: (1 - 2·y)·dy·g and y·(1 - y)·g</summary>
        public Variable<T> SigmoidSlope(Variable<T> dy) => Operation.Elementwise(
            "sigmoid slope",
            saved,
            dy,
            forward: static (y, dy, dx) => SlopeMap<SigmoidSlope>.Apply(y, dy, dx),
            vjpA: static (y, dy, dx, g) => (1 - (2 * y)) * (dy * g),
            vjpB: static (y, dy, dx, g) => y.SigmoidSlope(g));

        /// <summary>dx = σ(x)·dy.  Its own rule: σ'(x)·dy·g and σ(x)·g</summary>
        public Variable<T> SoftplusSlope(Variable<T> dy) => Operation.Elementwise(
            "softplus slope",
            saved,
            dy,
            forward: static (x, dy, dx) => SlopeMap<SoftplusSlope>.Apply(x, dy, dx),
            vjpA: static (x, dy, dx, g) => x.Sigmoid().SigmoidSlope(dy * g),
            vjpB: static (x, dy, dx, g) => x.SoftplusSlope(g));

        /// <summary>dx = (Φ(x) + x·φ(x))·dy.  Its own rule: (2 - x²)·φ(x)·dy·g and (Φ(x) + x·φ(x))·g</summary>
        public Variable<T> GeluSlope(Variable<T> dy) => Operation.Elementwise(
            "gelu slope",
            saved,
            dy,
            forward: static (x, dy, dx) => SlopeMap<GeluSlope>.Apply(x, dy, dx),
            vjpA: static (x, dy, dx, g) => (2 - (x * x)) * x.NormalDensity() * (dy * g),
            vjpB: static (x, dy, dx, g) => x.GeluSlope(g));
    }
}
