using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = ln(1 + eˣ), entry by entry.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Softplus<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => "Softplus";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Softplus();
}
