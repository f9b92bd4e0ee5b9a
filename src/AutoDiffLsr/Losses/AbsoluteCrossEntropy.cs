using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Absolute cross-entropy (ACE; Raymond et al.): L = φ0·|log(φ1·p_t)|. With φ1 &gt; 1 it pulls p_t to 1/φ1 instead of 1; φ1 = 1/A gives it the optimum of
/// SparseLSR. With φ0 = φ1 = 1 it is cross-entropy.
/// </summary>
/// <remarks>The published code adds the constant φ0·|log(φ1·1e-10)| for each other class, which has no gradient; it is left out.</remarks>
public sealed class AbsoluteCrossEntropy : ClassificationLoss
{
    /// <summary>An absolute cross-entropy.</summary>
    /// <param name="phi0">φ0, a factor of the whole loss; positive.</param>
    /// <param name="phi1">φ1, the inverse of the label probability that has loss 0; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not a positive finite number.</exception>
    public AbsoluteCrossEntropy(double phi0 = 1, double phi1 = 1)
    {
        Phi0 = Setting.Positive<double>(phi0, nameof(phi0));
        Phi1 = Setting.Positive<double>(phi1, nameof(phi1));
    }

    /// <inheritdoc/>
    public override string Name => "ace";

    /// <summary>φ0.</summary>
    public double Phi0 { get; }

    /// <summary>φ1.</summary>
    public double Phi1 { get; }

    /// <summary>The ACE whose optimum is that of (Sparse)LSR: φ1 = 1/A = 1/(1 - ξ + ξ/C).</summary>
    /// <param name="smoothing">ξ, in [0, 1].</param>
    /// <param name="classes">C, at least 2.</param>
    /// <returns>The loss, with φ0 = 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1], or there are fewer than 2 classes.</exception>
    public static AbsoluteCrossEntropy AlignedWithSmoothing(double smoothing, int classes)
    {
        Setting.Fraction(smoothing, nameof(smoothing));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return new AbsoluteCrossEntropy(1, 1 / (1 - smoothing + (smoothing / classes)));
    }

    /// <inheritdoc/>
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) => Margin(logits, labels, Ones(logits), total: false);

    private protected override Variable<T> Weighted<T>(Variable<T> logits, int[] labels, Variable<T> weights) =>
        Margin(logits, labels, weights, Reduction != Reduction.None);

    private Variable<T> Margin<T>(Variable<T> logits, int[] labels, Variable<T> weights, bool total)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranches(logits, labels);
        return MarginLoss.Compute("absolute cross-entropy", new AbsoluteMargin(Phi0, Math.Log(Phi1)), logits, labels, weights, total);
    }

    /// <summary>For a check: on which side of the kink at log p_t = -log φ1 each row is. With φ1 of at most 1 there is none.</summary>
    private void NoteBranches<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (logits.Tape.Branches is not { } branches || Phi1 <= 1)
            return;
        Variable<T> logProbabilities = logits.Detach().LogSoftmax().GatherByLabel(labels);
        branches.Compare<T>(logProbabilities.Node.Buffer.Data, T.CreateTruncating(-Math.Log(Phi1)));
    }
}
