using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// A bias, 1 x C, added to each row of N x C, and the function behind it, as one operation. The rule for X is the rule for the bias too, so what is sent
/// back is computed once; the engine sums it over the rows for the bias.
/// </summary>
internal static class BiasedOperations
{
    /// <summary>Y = X + b.  dX = dY,  db = Σ dY</summary>
    public static Variable<T> Identity<T>(Variable<T> x, Variable<T> bias)
        where T : struct, IFloatingPointIeee754<T> => Operation.Biased(
            "add bias", x, bias, static (x, bias, y) => BiasMap<IdentityFunction>.Apply(x, bias, y), static (x, bias, y, dy) => dy);

    /// <summary>Y = max(X + b, 0).  dX = dY where Y &gt; 0, else 0</summary>
    public static Variable<T> Relu<T>(Variable<T> x, Variable<T> bias)
        where T : struct, IFloatingPointIeee754<T> => Operation.Biased(
            "bias and relu", x, bias, static (x, bias, y) => BiasMap<ReluFunction>.Apply(x, bias, y), static (x, bias, y, dy) => dy.WherePositive(y));

    /// <summary>Y = tanh(X + b).  dX = tanh'(X + b)·dY</summary>
    public static Variable<T> Tanh<T>(Variable<T> x, Variable<T> bias)
        where T : struct, IFloatingPointIeee754<T> => Operation.Biased(
            "bias and tanh", x, bias, static (x, bias, y) => BiasMap<TanhFunction>.Apply(x, bias, y), static (x, bias, y, dy) => (x + bias).TanhSlope(dy));

    /// <summary>Y = σ(X + b).  dX = σ'(X + b)·dY</summary>
    public static Variable<T> Sigmoid<T>(Variable<T> x, Variable<T> bias)
        where T : struct, IFloatingPointIeee754<T> => Operation.Biased(
            "bias and sigmoid", x, bias, static (x, bias, y) => BiasMap<SigmoidFunction>.Apply(x, bias, y), static (x, bias, y, dy) => (x + bias).SigmoidSlope(dy));
}
