using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>Squared error: L = (x - t)², entry by entry; the mean is over all entries, as in PyTorch.</summary>
public sealed class MeanSquaredError
{
    /// <summary>What becomes of the losses of the entries; the mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>The loss, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="predictions">N x K.</param>
    /// <param name="targets">N x K. A gradient flows to it too where it is a variable.</param>
    /// <returns>1x1; or N x 1, the sum over each row, for <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Variable<T> Compute<T>(Variable<T> predictions, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (predictions.Shape != targets.Shape)
            throw new ArgumentException($"The predictions are {predictions.Shape}, the targets {targets.Shape}: they must be equal.", nameof(targets));
        Variable<T> squares = (predictions - targets).Square();
        return Reduction == Reduction.None ? squares.SumOverColumns() : squares.Reduce(Reduction);
    }
}
