using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>Absolute error (L1): L = |x - t|, entry by entry; its minimum is at the median. The slope where x = t is 0.</summary>
public sealed class MeanAbsoluteError : RegressionLoss
{
    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets) => (outputs - targets).Abs();
}
