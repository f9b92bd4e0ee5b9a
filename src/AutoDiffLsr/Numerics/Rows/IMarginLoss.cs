namespace AutoDiffLsr.Numerics;

/// <summary>
/// A classification loss that sees a row of logits only through its margin d = z_t - m, where m is the log-sum-exp of the other logits:
/// L = f(softplus(-d), d) + Tilt·(z_t - mean z), with the slope dL/dd = Balance - weight·σ(-d).
/// </summary>
/// <remarks>
/// dL/dz_t is the slope and dL/dz_j = -slope·q_j for the others, with q their softmax, because dm/dz_j = q_j. The tilt adds its own
/// constant slopes. CE, LSR, SparseLSR and ACE are all of this form (docs/losses.md).
/// </remarks>
internal interface IMarginLoss
{
    /// <summary>The weight of the linear term z_t - mean z.</summary>
    double Tilt { get; }

    /// <summary>The slope for d → ∞; <see cref="Value"/> is given the margin only where this is not 0.</summary>
    double Balance { get; }

    /// <summary>The losses of some rows without the linear term, and how much of σ(-d) = -softplus'(-d) is in their slopes.</summary>
    L Value<L>(L softplus, L margin, out L weight)
        where L : struct, ILanes<L, double>;

    /// <summary>
    /// Half of the loss at a margin beyond the largest double, given half of the margin: every loss of the family is asymptotically linear in it, so
    /// the loss may be finite where the margin is not.
    /// </summary>
    double HalfValue(double halfMargin);
}
