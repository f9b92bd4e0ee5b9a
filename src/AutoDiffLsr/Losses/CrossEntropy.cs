using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Cross-entropy (CE): L = -log p_t = softplus(-d), with p = softmax(z) and the margin d = z_t - logsumexp of the other logits.
/// Gradient: p_j - [j = t].
/// </summary>
public sealed class CrossEntropy : ClassificationLoss
{
    /// <inheritdoc/>
    public override string Name => "ce";

    /// <summary>Cross-entropy against distributions: L = -Σ y_j·log p_j for each row, which is -log p_t where y is one-hot.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="targets">N x C, each row a distribution over the classes. A gradient flows to it too where it is a variable.</param>
    /// <returns>1x1, or N x 1 for <see cref="Reduction.None"/>. Class weights and an ignored label need integer labels and do not apply.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidOperationException">Class weights or an ignored label are set.</exception>
    public Variable<T> Compute<T>(Variable<T> logits, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (logits.Shape != targets.Shape)
            throw new ArgumentException($"The logits are {logits.Shape}, the target distributions {targets.Shape}: they must be equal.", nameof(targets));
        if (ClassWeights is not null || IgnoredLabel is not null)
            throw new InvalidOperationException("Class weights and an ignored label belong to integer labels; target distributions have none.");
        return (-(targets * logits.LogSoftmax()).SumOverColumns()).Reduce(Reduction);
    }

    private protected override Variable<T> Compute<T>(Variable<T> logits, int[] labels, Variable<T> weights) => MarginLoss.Compute(
        "cross-entropy", new BalancedMargin(Balance: 0, Constant: 0, Tilt: 0), logits, labels, weights, Reduction != Reduction.None);
}
