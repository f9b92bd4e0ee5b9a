using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>
/// A loss that a search can find: a function of the target y and the output f, entry by entry. Of classes: f is the softmax of the logits (the sigmoid of
/// a single one), y is 1 for the label and 0 for the other classes; what comes out is summed over the classes and averaged over the rows. Of numbers: f is
/// what the net says, and the mean is over all entries.
/// </summary>
public abstract class LearnedLoss
{
    private protected LearnedLoss()
    {
    }

    /// <summary>The loss in a line, exact: two losses of equal text are equal.</summary>
    public abstract string Formula { get; }

    /// <summary>What local search may change, in a fixed order; empty where it changes nothing.</summary>
    public abstract IReadOnlyList<Matrix<double>> Weights { get; }

    /// <summary>The same loss with other weights.</summary>
    /// <param name="weights">As many as <see cref="Weights"/> has, of the same shapes.</param>
    /// <exception cref="ArgumentException">Their number or a shape differs.</exception>
    public abstract LearnedLoss WithWeights(IReadOnlyList<Matrix<double>> weights);

    /// <summary>The loss of classes, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">N x C; or N x 1 for two classes.</param>
    /// <param name="labels">N classes, each in 0..C-1. Not copied: leave them unchanged until the gradient is taken.</param>
    /// <returns>1x1.</returns>
    /// <exception cref="ArgumentException">There are not N labels, or one is no class.</exception>
    public Variable<T> Compute<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T> => Compute(logits, labels, []);

    /// <summary>The loss of numbers, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="predictions">N x K.</param>
    /// <param name="targets">N x K.</param>
    /// <returns>1x1.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Variable<T> Compute<T>(Variable<T> predictions, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T> => Compute(predictions, targets, []);

    /// <summary>The loss and its derivative of single outputs: what a chart shows.</summary>
    /// <param name="target">y.</param>
    /// <param name="outputs">Values of f.</param>
    /// <returns>The loss at each, and its derivative by f.</returns>
    public (double[] Values, double[] Slopes) Curve(double target, IReadOnlyList<double> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using Tape<double> tape = new();
        Variable<double> f = tape.Variable(Matrix<double>.Build.Dense(outputs.Count, 1, [.. outputs]));
        Variable<double> losses = Entries(tape.Constant(f.Shape, target), f, []);
        return (losses.Value.ToColumnMajorArray(), losses.NeedsGradient ? tape.Gradient(losses.Sum(), f).Value.ToColumnMajorArray() : new double[outputs.Count]);
    }

    /// <summary><see cref="Formula"/>.</summary>
    public override string ToString() => Formula;

    /// <summary>The loss of classes with weights that stand on the tape.</summary>
    /// <param name="logits">N x C; or N x 1 for two classes.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="weights">In place of <see cref="Weights"/>; or none for these.</param>
    internal Variable<T> Compute<T>(Variable<T> logits, int[] labels, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        Check(logits.Shape, labels);
        return OfClasses(logits, labels, weights).Sum() / logits.Rows;
    }

    /// <summary>The loss of each class of each row, N x C: what is summed over the classes.</summary>
    internal Variable<T> OfClasses<T>(Variable<T> logits, int[] labels, ReadOnlySpan<Variable<T>> weights = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> ones = logits.Tape.Constant(new Shape(labels.Length, 1), T.One);
        return logits.Columns == 1
            ? Entries(ones.ScatterByLabel(labels, 2).SliceColumns(1, 1), logits.Sigmoid(), weights)
            : Entries(ones.ScatterByLabel(labels, logits.Columns), logits.Softmax(), weights);
    }

    /// <summary>The loss of each entry, N x K.</summary>
    internal Variable<T> OfNumbers<T>(Variable<T> predictions, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T> => Entries(targets, predictions, []);

    /// <summary>The loss of numbers with weights that stand on the tape.</summary>
    internal Variable<T> Compute<T>(Variable<T> predictions, Variable<T> targets, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (predictions.Shape != targets.Shape)
            throw new ArgumentException($"The predictions are {predictions.Shape}, the targets {targets.Shape}: they must be equal.", nameof(targets));
        return Entries(targets, predictions, weights).Sum() / predictions.Shape.Count;
    }

    /// <summary>A loss for each entry of two matrices of one shape, in that shape.</summary>
    private protected abstract Variable<T> Entries<T>(Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>;

    private protected void CheckWeights(IReadOnlyList<Matrix<double>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.Select(weight => (weight.RowCount, weight.ColumnCount)).SequenceEqual(Weights.Select(weight => (weight.RowCount, weight.ColumnCount))))
            throw new ArgumentException($"The loss has weights of other number or shapes than the {weights.Count} that are given.", nameof(weights));
    }

    private static void Check(Shape logits, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != logits.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {logits.Rows} rows of logits: one label a row is needed.", nameof(labels));
        int classes = Math.Max(logits.Columns, 2);
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
            throw new ArgumentException($"The label of row {wrong} is {labels[wrong]}; with {logits.Columns} logits a row it must be in 0..{classes - 1}.", nameof(labels));
    }
}
