using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Training;

/// <summary>A loss of batches: which targets it takes, and what its value of a batch counts for in the mean over a data set.</summary>
internal sealed class BatchLoss<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly LossFunction<T>? function;
    private readonly Loss? loss;

    public BatchLoss(LossFunction<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        this.function = function;
    }

    public BatchLoss(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Reduction == Reduction.None)
            throw new ArgumentException($"The loss '{loss.Name}' has Reduction.None, one value a row; training needs one number: Mean or Sum.", nameof(loss));
        this.loss = loss;
    }

    public int? IgnoredLabel => (loss as ClassificationLoss)?.IgnoredLabel;

    /// <summary>Whether the loss is a function, which may have an output of any width.</summary>
    public bool TakesAnyOutput => function is not null;

    /// <summary>Refuses data whose targets the loss does not take.</summary>
    public void Check(Dataset<T> dataset, int columns)
    {
        if (loss is ClassificationLoss && !dataset.HasClasses)
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' is for classes, but the targets of '{dataset.Name}' are {dataset.Targets}; use a regression loss such as MeanSquaredError, or BinaryCrossEntropy for binary labels.",
                nameof(dataset));
        }

        if (loss is ClassificationLoss && columns == 1)
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' needs a logit for each class, but the model gives 1 column; use BinaryCrossEntropy for two classes by one logit.", nameof(dataset));
        }
    }

    public Variable<T> Compute(Variable<T> output, Batch<T> batch) => loss switch
    {
        ClassificationLoss classification => batch.HasLabels
            ? classification.Compute(output, batch.Labels)
            : classification.Compute(output, output.Tape.Constant(batch.Targets)),
        RegressionLoss regression => regression.Compute(output, output.Tape.Constant(batch.TargetsFor(output.Columns))),
        _ => function!(output, batch),
    };

    /// <summary>The sum of the rows' losses, from the value of a batch.</summary>
    public double Total(double value, Batch<T> batch) => loss?.Reduction == Reduction.Sum ? value : value * Weight(batch);

    /// <summary>What the rows of a batch count for: their number, or the sum of their class weights.</summary>
    public double Weight(Batch<T> batch)
    {
        if (!batch.HasLabels || loss is not ClassificationLoss classification || (classification.IgnoredLabel is null && classification.ClassWeights is null))
            return batch.Count;
        double weight = 0;
        foreach (int label in batch.Labels)
            weight += label == classification.IgnoredLabel ? 0 : classification.ClassWeights?[label] ?? 1;
        return weight;
    }
}
