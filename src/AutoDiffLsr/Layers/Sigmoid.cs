using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = 1 / (1 + e⁻ˣ), entry by entry.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sigmoid<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly Func<Variable<T>, Variable<T>, Variable<T>> WithBias = BiasedOperations.Sigmoid;

    /// <inheritdoc/>
    public override string Description => "Sigmoid";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Sigmoid();

    internal override Func<Variable<T>, Variable<T>, Variable<T>>? BehindBias => WithBias;
}
