using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>A learned loss of classes, for whatever takes the library's: trainers, class weights, ignored labels, any reduction.</summary>
public sealed class LearnedClassificationLoss : ClassificationLoss
{
    /// <summary>A loss of logits and labels.</summary>
    /// <param name="learned">The learned loss.</param>
    public LearnedClassificationLoss(LearnedLoss learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        Learned = learned;
    }

    /// <summary>The learned loss.</summary>
    public LearnedLoss Learned { get; }

    /// <inheritdoc/>
    public override string Name => "learned";

    /// <inheritdoc/>
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) => Learned.OfClasses(logits, labels).SumOverColumns();
}
