using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>y = x where x &gt; 0, else scale·(eˣ - 1), entry by entry (Clevert et al. 2016, arXiv 1511.07289).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="scale">α, what is approached from above far to the left, with a minus.</param>
public sealed class Elu<T>(double scale = 1) : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>α.</summary>
    public double Scale { get; } = Setting.Finite<T>(scale, nameof(scale));

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"Elu {Scale}");

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x) => x.Elu(Scale);
}
