using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Training;

/// <summary>A loss and what its value of a batch counts for in the mean over a data set.</summary>
internal sealed class BatchLoss<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly LossFunction<T> function;
    private readonly ClassificationLoss? source;

    public BatchLoss(LossFunction<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        this.function = function;
    }

    public BatchLoss(ClassificationLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Reduction == Reduction.None)
            throw new ArgumentException($"The loss '{loss.Name}' has Reduction.None, one value a row; training needs one number: Mean or Sum.", nameof(loss));
        (function, source) = (loss.Compute, loss);
    }

    public int? IgnoredLabel => source?.IgnoredLabel;

    public Variable<T> Compute(Variable<T> logits, int[] labels) => function(logits, labels);

    /// <summary>The sum of the rows' losses, from the value of a batch.</summary>
    public double Total(double value, ReadOnlySpan<int> labels) => source?.Reduction == Reduction.Sum ? value : value * Weight(labels);

    /// <summary>What the rows of a batch count for: their number, or the sum of their class weights.</summary>
    public double Weight(ReadOnlySpan<int> labels)
    {
        if (source is null || (source.IgnoredLabel is null && source.ClassWeights is null))
            return labels.Length;
        double weight = 0;
        foreach (int label in labels)
            weight += label == source.IgnoredLabel ? 0 : source.ClassWeights?[label] ?? 1;
        return weight;
    }
}
