using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>
/// Where images become plain columns, PyTorch's <c>Flatten</c>. In rows of C·H·W numbers they are that already, so nothing is computed; the layer keeps the places, and so
/// the names, of PyTorch's layers.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Flatten<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => "Flatten";

    /// <inheritdoc/>
    public override ImageShape? OutputImage(ImageShape? input) => null;

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x;
}
