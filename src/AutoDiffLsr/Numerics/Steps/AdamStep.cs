using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The numbers of one step of Adam, the same for all entries.</summary>
/// <param name="Rate">The learning rate divided by 1 - β1ᵗ.</param>
/// <param name="Decay">Weight decay added to the gradient, as a factor of the parameter (Adam's).</param>
/// <param name="Shrink">What the parameter is multiplied by (AdamW's weight decay), or 1.</param>
/// <param name="NewFirst">1 - β1.</param>
/// <param name="OldSecond">β2.</param>
/// <param name="NewSecond">1 - β2.</param>
/// <param name="Unbias">1 / √(1 - β2ᵗ).</param>
/// <param name="Epsilon">What is added to the divisor.</param>
internal readonly record struct AdamStep<T>(T Rate, T Decay, T Shrink, T NewFirst, T OldSecond, T NewSecond, T Unbias, T Epsilon)
    where T : struct, IFloatingPointIeee754<T>;
