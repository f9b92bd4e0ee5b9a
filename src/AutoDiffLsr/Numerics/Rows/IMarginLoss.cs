namespace AutoDiffLsr.Numerics;

/// <summary>
/// A classification loss that sees a row of logits only through its margin d = z_t - m, where m is the log-sum-exp of the other logits:
/// L = Value(d) + Tilt·(z_t - mean z).
/// </summary>
/// <remarks>
/// dL/dz_t = Slope(d) and dL/dz_j = -Slope(d)·q_j for the others, with q their softmax, because dm/dz_j = q_j. The tilt adds its own
/// constant slopes. CE, LSR, SparseLSR and ACE are all of this form (docs/losses.md).
/// </remarks>
internal interface IMarginLoss
{
    /// <summary>The weight of the linear term z_t - mean z.</summary>
    double Tilt { get; }

    /// <summary>The losses at margins, and their derivatives by the margin.</summary>
    void Evaluate(ReadOnlySpan<double> margins, Span<double> values, Span<double> slopes);

    /// <summary>
    /// Half of the loss at a margin beyond the largest double, given half of the margin: every loss of the family is asymptotically linear in it, so
    /// the loss may be finite where the margin is not.
    /// </summary>
    double HalfValue(double halfMargin);
}
