using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Where an optimizer finds the gradient of a parameter.</summary>
internal interface IGradientSource<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The gradient of a parameter, column by column; it is probably the one at <paramref name="likely"/>, as in an optimizer's own order.</summary>
    ReadOnlySpan<T> Of(Parameter<T> parameter, int likely);
}
