using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = x·Φ(x), entry by entry: the exact form, PyTorch's default.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Gelu<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => "Gelu";

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Gelu();
}
