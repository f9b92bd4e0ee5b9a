using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = tanh x, entry by entry.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Tanh<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly Func<Variable<T>, Variable<T>, Variable<T>> WithBias = BiasedOperations.Tanh;

    /// <inheritdoc/>
    public override string Description => "Tanh";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Tanh();

    internal override Func<Variable<T>, Variable<T>, Variable<T>>? BehindBias => WithBias;
}
