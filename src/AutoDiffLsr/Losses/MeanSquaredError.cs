using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
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
        if (Reduction == Reduction.None)
            return (predictions - targets).Square().SumOverColumns();
        return Operation.Binary(
            "squared error",
            predictions,
            targets,
            Shape.Scalar,
            Reduction == Reduction.Mean ? 1.0 / predictions.Shape.Count : 1,
            forward: static (x, t, y, scale) => y.Data()[0] = T.CreateTruncating(scale * SquaredDistance.Between<T>(x.Data(), t.Data())),
            vjpA: static (x, t, y, dy, scale) => (x - t) * (2 * scale * dy),
            vjpB: static (x, t, y, dy, scale) => (t - x) * (2 * scale * dy));
    }
}
