using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>A learned loss of numbers, for whatever takes the library's.</summary>
public sealed class LearnedRegressionLoss : RegressionLoss
{
    /// <summary>A loss of outputs and targets.</summary>
    /// <param name="learned">The learned loss.</param>
    public LearnedRegressionLoss(LearnedLoss learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        Learned = learned;
    }

    /// <summary>The learned loss.</summary>
    public LearnedLoss Learned { get; }

    /// <inheritdoc/>
    public override string Name => "learned";

    /// <inheritdoc/>
    protected override Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets) => Learned.OfNumbers(outputs, targets);
}
