using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The numbers of one step of gradient descent, the same for all entries.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Decay">Weight decay added to the gradient, as a factor of the parameter.</param>
/// <param name="Momentum">The share of the last step that goes on.</param>
/// <param name="Nesterov">Whether the gradient is corrected for where the momentum leads.</param>
/// <param name="Gain">What the gradient is multiplied by as it enters the momentum: 1 - dampening.</param>
internal readonly record struct DescentStep<T>(T Rate, T Decay, T Momentum, bool Nesterov, T Gain)
    where T : struct, IFloatingPointIeee754<T>;
