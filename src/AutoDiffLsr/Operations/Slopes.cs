using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Fused VJPs of activations: the slope and its product with dy in one pass, for while nothing is recorded.</summary>
internal static class Slopes
{
    /// <summary>(1 - y²)·dy</summary>
    public static Variable<T> Tanh<T>(Variable<T> y, Variable<T> dy)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Kernel("tanh slope", y, dy, static (y, dy, dx) => SlopeMap<TanhSlope>.Apply(y, dy, dx));

    /// <summary>y·(1 - y)·dy</summary>
    public static Variable<T> Sigmoid<T>(Variable<T> y, Variable<T> dy)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Kernel("sigmoid slope", y, dy, static (y, dy, dx) => SlopeMap<SigmoidSlope>.Apply(y, dy, dx));

    /// <summary>σ(x)·dy</summary>
    public static Variable<T> Softplus<T>(Variable<T> x, Variable<T> dy)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Kernel("softplus slope", x, dy, static (x, dy, dx) => SlopeMap<SoftplusSlope>.Apply(x, dy, dx));

    /// <summary>(Φ(x) + x·φ(x))·dy</summary>
    public static Variable<T> Gelu<T>(Variable<T> x, Variable<T> dy)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Kernel("gelu slope", x, dy, static (x, dy, dx) => SlopeMap<GeluSlope>.Apply(x, dy, dx));
}
