using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Binary cross-entropy on logits: L = t·softplus(-z) + (1-t)·softplus(z), entry by entry, which is -t·log p - (1-t)·log(1-p) with p = σ(z), without
/// overflow or cancellation. Targets are probabilities in [0, 1].
/// </summary>
public sealed class BinaryCrossEntropy : RegressionLoss
{
    /// <inheritdoc/>
    public override string Name => "bce";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A target is outside [0, 1].</exception>
    protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets)
    {
        LossArguments.CheckProbabilities<T>(targets.Value.Data(), targets.Rows);
        return (-outputs).Softplus().TimesUnlessZero(targets) + outputs.Softplus().TimesUnlessZero(1 - targets);
    }
}
