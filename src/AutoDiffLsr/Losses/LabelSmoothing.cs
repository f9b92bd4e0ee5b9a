using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Label smoothing regularization (LSR; Szegedy et al. 2016): cross-entropy against the label's class with weight 1 - ξ + ξ/C and each other
/// class with ξ/C. L = lse(z) - (1-ξ)·z_t - ξ·mean(z) = CE + ξ·(z_t - mean z): no one-hot matrix is made. Gradient: p - smoothed label.
/// </summary>
/// <remarks>The other convention (target 1 - ε, others ε/(C-1)) is the same loss with ε = ξ·(C-1)/C.</remarks>
public sealed class LabelSmoothing : ClassificationLoss
{
    /// <summary>A smoothed loss.</summary>
    /// <param name="smoothing">ξ, the share of the weight that is spread evenly over all classes, in [0, 1]; 0 is cross-entropy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1].</exception>
    public LabelSmoothing(double smoothing) => Smoothing = Setting.Fraction(smoothing, nameof(smoothing));

    /// <inheritdoc/>
    public override string Name => "lsr";

    /// <summary>ξ.</summary>
    public double Smoothing { get; }

    /// <inheritdoc/>
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) => Margin(logits, labels, Ones(logits), total: false);

    private protected override Variable<T> Weighted<T>(Variable<T> logits, int[] labels, Variable<T> weights) =>
        Margin(logits, labels, weights, Reduction != Reduction.None);

    /// <summary>Cross-entropy against the smoothed distributions.</summary>
    private protected override Variable<T> Expected<T>(Variable<T> logits, Variable<T> distributions) =>
        -((((1 - Smoothing) * distributions) + (Smoothing / logits.Columns)) * logits.LogSoftmax()).SumOverColumns();

    private Variable<T> Margin<T>(Variable<T> logits, int[] labels, Variable<T> weights, bool total)
        where T : struct, IFloatingPointIeee754<T> =>
        MarginLoss.Compute("label smoothing", new BalancedMargin(Balance: 0, Constant: 0, Tilt: Smoothing), logits, labels, weights, total);
}
