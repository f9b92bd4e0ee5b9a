using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// What functions send back, slope times dy, in one kernel: operations like any other, linear in dy, with rules of their own. Each is written so that nothing
/// cancels where the slope is small, and so that no product on the way is larger than the result.
/// </summary>
internal static class SlopeOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>s = tanh'(x)·dy.  Its own rule, for a gradient g: -2·tanh x·tanh'(x)·dy·g and tanh'(x)·g</summary>
        public Variable<T> TanhSlope(Variable<T> dy) => Operation.Elementwise(
            "tanh slope",
            x,
            dy,
            forward: static (x, dy, s) => SlopeMap<TanhSlope>.Apply(x, dy, s),
            vjpA: static (x, dy, s, g) => -2 * (x.Tanh() * x.TanhSlope(dy * g)),
            vjpB: static (x, dy, s, g) => x.TanhSlope(g));

        /// <summary>s = σ'(x)·dy.  Its own rule: -tanh(x/2)·σ'(x)·dy·g and σ'(x)·g</summary>
        public Variable<T> SigmoidSlope(Variable<T> dy) => Operation.Elementwise(
            "sigmoid slope",
            x,
            dy,
            forward: static (x, dy, s) => SlopeMap<SigmoidSlope>.Apply(x, dy, s),
            vjpA: static (x, dy, s, g) => -((x / 2).Tanh() * x.SigmoidSlope(dy * g)),
            vjpB: static (x, dy, s, g) => x.SigmoidSlope(g));

        /// <summary>s = σ(x)·dy, the slope of softplus.  Its own rule: σ'(x)·dy·g and σ(x)·g</summary>
        public Variable<T> SoftplusSlope(Variable<T> dy) => Operation.Elementwise(
            "softplus slope",
            x,
            dy,
            forward: static (x, dy, s) => SlopeMap<SoftplusSlope>.Apply(x, dy, s),
            vjpA: static (x, dy, s, g) => x.SigmoidSlope(dy * g),
            vjpB: static (x, dy, s, g) => x.SoftplusSlope(g));

        /// <summary>s = (Φ(x) + x·φ(x))·dy.  Its own rule: (2 - x²)·φ(x)·dy·g and (Φ(x) + x·φ(x))·g</summary>
        public Variable<T> GeluSlope(Variable<T> dy) => Operation.Elementwise(
            "gelu slope",
            x,
            dy,
            forward: static (x, dy, s) => SlopeMap<GeluSlope>.Apply(x, dy, s),
            vjpA: static (x, dy, s, g) => (2 - (x * x)) * x.NormalDensity() * (dy * g),
            vjpB: static (x, dy, s, g) => x.GeluSlope(g));

        /// <summary>s = p·x^(p-1)·dy, though the power alone may be too large or too small.  Its own rule: p·(p-1)·x^(p-2)·dy·g and p·x^(p-1)·g</summary>
        public Variable<T> PowerSlope(Variable<T> dy, double p) => Operation.Nary(
            "power slope",
            [x, dy],
            x.Shape,
            p,
            forward: static (inputs, s, p) => RangeKernels.PowerSlope<T>(inputs[0].Value.Data(), inputs[1].Value.Data(), s.Data(), p),
            vjp: static (i, inputs, s, g, p) => i == 1 ? inputs[0].PowerSlope(g, p) : p == 1 ? default : p * inputs[0].PowerSlope(inputs[1] * g, p - 1));
    }
}
