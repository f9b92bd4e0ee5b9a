using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Sparse label smoothing (SparseLSR; Raymond et al., "Learning Symbolic Model-Agnostic Loss Functions via Meta-Learning", equation 9):
/// L = -[A·log p_t + B·log((1 - p_t)/(C - 1))], with B = ξ(C-1)/C and A = 1 - B. Only the label's probability is looked at.
/// </summary>
/// <remarks>
/// Computed from the margin d = z_t - logsumexp of the other logits, without a clamp or epsilon: L = softplus(-d) + B·d + B·log(C-1), since
/// log p_t = -softplus(-d) and log(1-p_t) = -softplus(d). Gradient: p_t - A at the label, (A - p_t)·q_j elsewhere, with q the softmax of the others.
/// Exact at saturation in float too: at d = 30 the label's gradient is B, not 0.
/// </remarks>
public sealed class SparseLabelSmoothing : ClassificationLoss
{
    private const double PublishedClamp = 1e-7;

    /// <summary>A sparsely smoothed loss.</summary>
    /// <param name="smoothing">ξ, the share of the weight that label smoothing spreads evenly over all classes, in [0, 1]; 0 is cross-entropy.</param>
    /// <param name="form">The equation, or the published snippet as a negative control.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1], or there is no such form.</exception>
    public SparseLabelSmoothing(double smoothing, SparseLsrForm form = SparseLsrForm.Equation)
    {
        Smoothing = Setting.Fraction(smoothing, nameof(smoothing));
        Form = Enum.IsDefined(form) ? form : throw new ArgumentOutOfRangeException(nameof(form), form, "The form is Equation or AsPublished.");
    }

    /// <inheritdoc/>
    public override string Name => Form == SparseLsrForm.Equation ? "sparse-lsr" : "sparse-lsr:as-published";

    /// <summary>ξ.</summary>
    public double Smoothing { get; }

    /// <summary>Which formula is computed.</summary>
    public SparseLsrForm Form { get; }

    /// <inheritdoc/>
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) =>
        Form == SparseLsrForm.AsPublished ? AsPublished(logits, labels) : Margin(logits, labels, Ones(logits), total: false);

    private protected override Variable<T> Weighted<T>(Variable<T> logits, int[] labels, Variable<T> weights) =>
        Form == SparseLsrForm.AsPublished ? base.Weighted(logits, labels, weights) : Margin(logits, labels, weights, Reduction != Reduction.None);

    /// <summary>B, the share of the weight that goes to the other classes.</summary>
    private double Spread(int classes) => Smoothing * (classes - 1) / classes;

    private Variable<T> Margin<T>(Variable<T> logits, int[] labels, Variable<T> weights, bool total)
        where T : struct, IFloatingPointIeee754<T>
    {
        double spread = Spread(logits.Columns);
        BalancedMargin margin = new(Balance: spread, Constant: spread * Math.Log(logits.Columns - 1), Tilt: 0);
        return MarginLoss.Compute("sparse label smoothing", margin, logits, labels, weights, total);
    }

    /// <summary>-A·log p + B·log(clamp(1 - p)/(C-1)), with the sign of the snippet: the plus should be a minus.</summary>
    private Variable<T> AsPublished<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        double spread = Spread(logits.Columns);
        Variable<T> logProbability = logits.LogSoftmax().GatherByLabel(labels);
        Variable<T> rest = (1 - logProbability.Exp()).Clamp(PublishedClamp, double.PositiveInfinity) / (logits.Columns - 1);
        return (spread * rest.Log()) - ((1 - spread) * logProbability);
    }
}
