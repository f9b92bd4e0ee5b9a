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

    /// <inheritdoc/>
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) => Margin(logits, labels, Ones(logits), total: false);

    private protected override Variable<T> Weighted<T>(Variable<T> logits, int[] labels, Variable<T> weights) =>
        Margin(logits, labels, weights, Reduction != Reduction.None);

    /// <summary>-Σ y_j·log p_j.</summary>
    private protected override Variable<T> Expected<T>(Variable<T> logits, Variable<T> distributions) =>
        -logits.LogSoftmax().TimesUnlessZero(distributions).SumOverColumns();

    private static Variable<T> Margin<T>(Variable<T> logits, int[] labels, Variable<T> weights, bool total)
        where T : struct, IFloatingPointIeee754<T> =>
        MarginLoss.Compute("cross-entropy", new BalancedMargin(Balance: 0, Constant: 0, Tilt: 0), logits, labels, weights, total);
}
