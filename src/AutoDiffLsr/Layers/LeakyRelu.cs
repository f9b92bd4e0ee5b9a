using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = x where x &gt; 0, else slope·x, entry by entry.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="slope">The slope for negative x; finite.</param>
public sealed class LeakyRelu<T>(double slope = 0.01) : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The slope for negative x.</summary>
    public double Slope { get; } = Setting.Finite<T>(slope, nameof(slope));

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"LeakyRelu {Slope}");

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.LeakyRelu(Slope);
}
