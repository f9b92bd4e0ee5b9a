using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>Squared error: L = (x - t)², entry by entry; the mean is over all entries, as in PyTorch.</summary>
public sealed class MeanSquaredError : RegressionLoss
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets) => (outputs - targets).Square();

    private protected override Variable<T> Reduced<T>(Variable<T> outputs, Variable<T> targets)
    {
        if (Reduction == Reduction.None)
            return base.Reduced(outputs, targets);
        return Operation.Binary(
            "squared error",
            outputs,
            targets,
            Shape.Scalar,
            Reduction == Reduction.Mean ? 1.0 / outputs.Shape.Count : 1,
            forward: static (x, t, y, scale) => y.Data()[0] = T.CreateTruncating(scale * SquaredDistance.Between<T>(x.Data(), t.Data())),
            vjpA: static (x, t, y, dy, scale) => (x - t) * (2 * scale * dy),
            vjpB: static (x, t, y, dy, scale) => (t - x) * (2 * scale * dy));
    }
}
