using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Optimizers;

/// <summary>
/// Adam with the weight decay beside the gradient, not in it (Loshchilov and Hutter 2019, arXiv 1711.05101), as PyTorch's <c>AdamW</c>:
/// p = (1 - rate·decay)·p, then the step of <see cref="Adam{T}"/> without decay.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="parameters">What it changes.</param>
/// <param name="learningRate">How far a step goes, about, in each entry.</param>
/// <param name="beta1">The share of the past in the mean of gradients, in [0, 1).</param>
/// <param name="beta2">The share of the past in the mean of squared gradients, in [0, 1).</param>
/// <param name="epsilon">What is added to the divisor.</param>
/// <param name="weightDecay">What share of the parameter a step takes off, times the learning rate.</param>
/// <param name="amsgrad">Whether the step is divided by the largest mean of squared gradients so far (AMSGrad; Reddi et al. 2018, arXiv 1904.09237), so that it cannot grow again.</param>
public sealed class AdamW<T>(
    IReadOnlyList<Parameter<T>> parameters,
    double learningRate = 1e-3,
    double beta1 = 0.9,
    double beta2 = 0.999,
    double epsilon = 1e-8,
    double weightDecay = 0.01,
    bool amsgrad = false)
    : AdamBase<T>(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"AdamW{(Amsgrad ? ", AMSGrad" : "")}{(WeightDecay > 0 ? $", weight decay {WeightDecay}" : "")}");

    private protected override double Decay => 0;

    private protected override double Shrink => 1 - (LearningRate * WeightDecay);
}
