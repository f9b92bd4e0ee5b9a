using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// Binary cross-entropy on logits: L = t·softplus(-z) + (1-t)·softplus(z), entry by entry, which is -t·log p - (1-t)·log(1-p) with p = σ(z), without
/// overflow or cancellation. The mean is over all entries, as in PyTorch.
/// </summary>
public sealed class BinaryCrossEntropy
{
    /// <summary>What becomes of the losses of the entries; the mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>The loss, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x K.</param>
    /// <param name="targets">N x K, probabilities in [0, 1]. A gradient flows to it too where it is a variable.</param>
    /// <returns>1x1; or N x 1, the sum over each row, for <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a target is outside [0, 1].</exception>
    public Variable<T> Compute<T>(Variable<T> logits, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (logits.Shape != targets.Shape)
            throw new ArgumentException($"The logits are {logits.Shape}, the targets {targets.Shape}: they must be equal.", nameof(targets));
        LossArguments.CheckProbabilities<T>(targets.Value.Data(), targets.Rows);
        Variable<T> losses = (targets * (-logits).Softplus()) + ((1 - targets) * logits.Softplus());
        return Reduction == Reduction.None ? losses.SumOverColumns() : losses.Reduce(Reduction);
    }
}
