using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = x·σ(x), entry by entry, also called swish.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Silu<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => "Silu";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Silu();
}
