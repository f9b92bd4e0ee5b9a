using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// L = softplus(-d) + B·d + constant, plus a tilt. B = 0 is cross-entropy, since -log p_t = softplus(-d); CE with a tilt is LSR; B &gt; 0 is
/// SparseLSR, the binary cross-entropy of the logit d against the target A = 1 - B.
/// </summary>
internal readonly record struct BalancedMargin(double B, double Constant, double Tilt) : IDifferentiableMarginLoss
{
    public void Evaluate(ReadOnlySpan<double> margins, Span<double> values, Span<double> slopes)
    {
        // σ(d) - A = B - σ(-d): for CE, B = 0, nothing cancels however large the margin is.
        SoftplusAndSigmoid.OfNegative(margins, values, slopes);
        if (B != 0)
            TensorPrimitives.MultiplyAdd(margins, B, values, values);
        TensorPrimitives.Add(values, Constant, values);
        TensorPrimitives.Subtract(B, slopes, slopes);
    }

    /// <summary>B·d for d → ∞, (1 - B)·|d| for d → -∞.</summary>
    public double HalfValue(double halfMargin)
    {
        double share = halfMargin > 0 ? B : B - 1;
        return share == 0 ? Constant / 2 : (share * halfMargin) + (Constant / 2);
    }

    public Variable<T> SlopeOf<T>(Variable<T> margin)
        where T : struct, IFloatingPointIeee754<T> => B - (-margin).Sigmoid();
}
