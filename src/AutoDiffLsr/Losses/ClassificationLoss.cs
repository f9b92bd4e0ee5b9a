using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Autodiff.Memory;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>A loss of logits (N x C, a sample is a row) against integer labels (one of 0..C-1 a row), or against distributions over the classes.</summary>
/// <remarks>
/// A loss of your own overrides <see cref="Loss.Name"/> and <see cref="Rows"/>, and works wherever the library's do: class weights, ignored rows, the
/// reduction and soft labels come from this base.
/// </remarks>
/// <example>
/// <code>
/// sealed class Focal(double gamma) : ClassificationLoss
/// {
///     public override string Name => "focal";
///
///     protected override Variable&lt;T&gt; Rows&lt;T&gt;(Variable&lt;T&gt; logits, int[] labels)
///     {
///         Variable&lt;T&gt; logP = logits.LogSoftmax().GatherByLabel(labels);
///         return -((1 - logP.Exp()).Pow(gamma) * logP);
///     }
/// }
/// </code>
/// </example>
public abstract class ClassificationLoss : Loss
{
    private readonly double[]? classWeights;

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
        Variable<T> loss = Weighted(logits, labels, weights);
        return noneCounts && Reduction == Reduction.Mean && ValueWhenAllIgnored != 0 ? loss + ValueWhenAllIgnored : loss;
    }

    /// <summary>The loss against distributions (one-hot or soft labels): the loss against each class, weighted by its probability, L = Σ y_j·L(j) for each row.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="targets">N x C, each row a distribution over the classes. A gradient flows to it too where it is a variable.</param>
    /// <returns>1x1, or N x 1 for <see cref="Reduction.None"/>.</returns>
    /// <remarks>It costs C losses, except in <see cref="CrossEntropy"/> and <see cref="LabelSmoothing"/>, which have a sum in closed form.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidOperationException">Class weights or an ignored label are set; they belong to integer labels.</exception>
    public Variable<T> Compute<T>(Variable<T> logits, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (logits.Shape != targets.Shape)
            throw new ArgumentException($"The logits are {logits.Shape}, the target distributions {targets.Shape}: they must be equal.", nameof(targets));
        if (ClassWeights is not null || IgnoredLabel is not null)
            throw new InvalidOperationException("Class weights and an ignored label belong to integer labels; target distributions have none.");
        return Expected(logits, targets).Reduce(Reduction);
    }

    /// <summary>The loss of each row.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">
    /// N labels. An ignored one may be outside 0..C-1: operations by label pass over it, and whatever the row's loss is, it does not count.
    /// </param>
    /// <returns>N x 1.</returns>
    protected abstract Variable<T> Rows<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>The loss of checked arguments: Σ w·L, or w·L for each row.</summary>
    private protected virtual Variable<T> Weighted<T>(Variable<T> logits, int[] labels, Variable<T> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> losses = (weights * Rows(logits, labels)).WherePositive(weights);
        return Reduction == Reduction.None ? losses : losses.Sum();
    }

    /// <summary>Σ y_j·L(j) for each row. A class of probability 0 does not count, even where its loss is infinite.</summary>
    private protected virtual Variable<T> Expected<T>(Variable<T> logits, Variable<T> distributions)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> total = logits.Tape.Constant(new Shape(logits.Rows, 1), T.Zero);
        for (int label = 0; label < logits.Columns; label++)
        {
            int[] labels = new int[logits.Rows];
            labels.AsSpan().Fill(label);
            Variable<T> probability = distributions.GatherByLabel(labels);
            total += (probability * Rows(logits, labels)).WherePositive(probability);
        }

        return total;
    }

    /// <summary>1 for each row, N x 1.</summary>
    private protected static Variable<T> Ones<T>(Variable<T> logits)
        where T : struct, IFloatingPointIeee754<T> => logits.Tape.Constant(new Shape(logits.Rows, 1), T.One);

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
        Buffer<T> weights = logits.Tape.Rent(new Shape(labels.Length, 1));
        for (int row = 0; row < labels.Length; row++)
            weights.Data[row] = T.CreateTruncating(scale * WeightOf(labels[row]));
        return logits.Tape.Unrecorded("row weights", weights, hasHistory: false);
    }

    private Variable<T> EqualWeights<T>(Variable<T> logits, int count, out bool noneCounts)
        where T : struct, IFloatingPointIeee754<T>
    {
        noneCounts = count == 0;
        return logits.Tape.Constant(new Shape(count, 1), T.CreateTruncating(Reduction == Reduction.Mean ? 1.0 / count : 1));
    }

    private double WeightOf(int label) => label == IgnoredLabel ? 0 : classWeights is null ? 1 : classWeights[label];
}
