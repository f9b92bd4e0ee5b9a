using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Options;

/// <summary>A loss as the user asked for it.</summary>
/// <param name="Kind">Which loss.</param>
/// <param name="Form">The equation, or the published snippet; for SparseLSR only.</param>
/// <param name="Smoothing">ξ, in [0, 1].</param>
/// <param name="Phi0">φ0 of ACE.</param>
/// <param name="Phi1">φ1 of ACE; null sets it so that ACE has the optimum of SparseLSR with this smoothing.</param>
internal sealed record LossSettings(LossKind Kind, SparseLsrForm Form, double Smoothing, double Phi0, double? Phi1)
{
    /// <summary>The smoothing that acts: cross-entropy has none, and neither has an ACE with a φ1 of its own.</summary>
    public double EffectiveSmoothing => Kind == LossKind.CrossEntropy || Phi1 is not null ? 0 : Smoothing;

    /// <summary>What the tool calls it.</summary>
    public string Name => Create(classes: 2).Name;

    /// <summary>The loss.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    public ClassificationLoss Create(int classes, Reduction reduction = Reduction.Mean) => Kind switch
    {
        LossKind.CrossEntropy => new CrossEntropy { Reduction = reduction },
        LossKind.LabelSmoothing => new LabelSmoothing(Smoothing) { Reduction = reduction },
        LossKind.SparseLabelSmoothing => new SparseLabelSmoothing(Smoothing, Form) { Reduction = reduction },
        _ => new AbsoluteCrossEntropy(Phi0, Phi1 ?? AbsoluteCrossEntropy.AlignedWithSmoothing(Smoothing, classes).Phi1) { Reduction = reduction },
    };
}
