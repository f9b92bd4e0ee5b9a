using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = max(x, 0), entry by entry.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Relu<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly Func<Variable<T>, Variable<T>, Variable<T>> WithBias = BiasedOperations.Relu;

    /// <inheritdoc/>
    public override string Description => "Relu";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Relu();

    internal override Func<Variable<T>, Variable<T>, Variable<T>>? BehindBias => WithBias;
}
