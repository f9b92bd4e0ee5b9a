using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>
/// A formula as the loss of a net. Of classes: f is the softmax of the logits (the sigmoid of a single one), y is 1 for the label and 0 for the other
/// classes, the formula is summed over the classes and averaged over the rows. Of numbers: f is what the net says, and the mean is over all entries.
/// </summary>
/// <remarks>
/// It is computed by the tape's operations, so it has gradients of any order. At the kinks of sign, |.|, min and max, and below 1e-7 under a logarithm or
/// root, the gradient is what those operations say: 0 for sign, and 0 where a magnitude below 1e-7 counts as 1e-7.
/// </remarks>
public sealed class SymbolicLoss
{
    /// <summary>A loss.</summary>
    /// <param name="expression">A formula with both y and f.</param>
    /// <exception cref="ArgumentException">The formula lacks one of them: no net can learn from it.</exception>
    public SymbolicLoss(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        if (!expression.UsesTarget || !expression.UsesOutput)
        {
            string missing = expression.UsesTarget ? "f, what the net says" : expression.UsesOutput ? "y, the target" : "y and f";
            throw new ArgumentException($"The formula '{expression.ToString(digits: 4)}' does not contain {missing}: no net can learn from it.", nameof(expression));
        }

        Expression = expression;
    }

    /// <summary>The formula.</summary>
    public Expression Expression { get; }

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

    /// <summary>The loss of classes with weights that stand on the tape in place of the expression's own.</summary>
    /// <param name="logits">N x C; or N x 1 for two classes.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="weights">One 1x1 for each node but the topmost, in the order of <see cref="Expression.Nodes"/>; or none for the expression's own.</param>
    internal Variable<T> Compute<T>(Variable<T> logits, int[] labels, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        Check(logits.Shape, labels);
        Variable<T> target = logits.Columns == 1 ? Ones(logits, labels) : logits.Tape.Constant(new Shape(labels.Length, 1), T.One).ScatterByLabel(labels, logits.Columns);
        Variable<T> probabilities = logits.Columns == 1 ? logits.Sigmoid() : logits.Softmax();
        return ExpressionOnTape.Evaluate(Expression, target, probabilities, weights).Sum() / logits.Rows;
    }

    /// <summary>The loss of numbers with weights that stand on the tape in place of the expression's own.</summary>
    internal Variable<T> Compute<T>(Variable<T> predictions, Variable<T> targets, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (predictions.Shape != targets.Shape)
            throw new ArgumentException($"The predictions are {predictions.Shape}, the targets {targets.Shape}: they must be equal.", nameof(targets));
        return ExpressionOnTape.Evaluate(Expression, targets, predictions, weights).Mean();
    }

    /// <summary>1 for label 1, else 0: of the two columns of a one-hot the second one.</summary>
    private static Variable<T> Ones<T>(Variable<T> logits, int[] labels)
        where T : struct, IFloatingPointIeee754<T> =>
        logits.Tape.Constant(new Shape(labels.Length, 1), T.One).ScatterByLabel(labels, 2).SliceColumns(1, 1);

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
