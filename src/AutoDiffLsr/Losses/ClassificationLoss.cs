using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>A loss of logits (N x C, a sample is a row) against integer labels (one of 0..C-1 a row).</summary>
public abstract class ClassificationLoss
{
    private readonly double[]? classWeights;

    private protected ClassificationLoss()
    {
    }

    /// <summary>The name by which the tool knows it, such as "sparse-lsr".</summary>
    public abstract string Name { get; }

    /// <summary>What becomes of the losses of the rows; the mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>
    /// A label whose rows do not count: they leave the value, the gradient and the denominator of the mean, whatever their logits are. None by default.
    /// </summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>The value of the mean when every row is ignored; 0 by default.</summary>
    public double ValueWhenAllIgnored { get; init; }

    /// <summary>The weight of each class, applied to the rows that have it as label; all 1 by default.</summary>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public IReadOnlyList<double>? ClassWeights
    {
        get => classWeights;
        init => classWeights = value is null ? null : LossArguments.CheckWeights(value);
    }

    /// <summary>The loss, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">N classes, each in 0..C-1 or the ignored label. Not copied: leave them unchanged until the gradient is taken.</param>
    /// <returns>1x1, or N x 1 for <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ArgumentException">The counts differ, C is below 2, a label is no class, or there are not C class weights.</exception>
    public Variable<T> Compute<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        LossArguments.Check(logits.Shape, labels, IgnoredLabel, classWeights);
        Variable<T> weights = RowWeights(logits, labels, out bool noneCounts);
        Variable<T> loss = Compute(logits, labels, weights);
        return noneCounts && Reduction == Reduction.Mean && ValueWhenAllIgnored != 0 ? loss + ValueWhenAllIgnored : loss;
    }

    /// <summary>The loss of checked arguments: Σ w·L, or w·L for each row.</summary>
    private protected abstract Variable<T> Compute<T>(Variable<T> logits, int[] labels, Variable<T> weights)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>What each row counts for, N x 1: its class weight or 1, divided by the denominator of the mean; 0 for an ignored row.</summary>
    private Variable<T> RowWeights<T>(Variable<T> logits, int[] labels, out bool noneCounts)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (classWeights is null && IgnoredLabel is null)
            return EqualWeights(logits, labels.Length, out noneCounts);
        double total = 0;
        foreach (int label in labels)
            total += WeightOf(label);
        noneCounts = total == 0;
        double scale = Reduction == Reduction.Mean && total > 0 ? 1 / total : 1;
        Variable<T> weights = logits.Tape.Constant(new Shape(labels.Length, 1), T.Zero);
        T[] data = weights.Node.Buffer.Data;
        for (int row = 0; row < labels.Length; row++)
            data[row] = T.CreateTruncating(scale * WeightOf(labels[row]));
        return weights;
    }

    private Variable<T> EqualWeights<T>(Variable<T> logits, int count, out bool noneCounts)
        where T : struct, IFloatingPointIeee754<T>
    {
        noneCounts = count == 0;
        return logits.Tape.Constant(new Shape(count, 1), T.CreateTruncating(Reduction == Reduction.Mean ? 1.0 / count : 1));
    }

    private double WeightOf(int label) => label == IgnoredLabel ? 0 : classWeights is null ? 1 : classWeights[label];
}
