using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Experiments.Search.Symbolic;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Losses;

/// <summary>A formula as a loss: what EvoMAL finds. Its weights are those of the formula's edges, but for the topmost one.</summary>
/// <remarks>
/// It is computed by the tape's operations, so it has gradients of any order. At the kinks of sign, |.|, min and max, and below 1e-7 under a logarithm or
/// root, the gradient is what those operations say: 0 for sign, and 0 where a magnitude below 1e-7 counts as 1e-7.
/// </remarks>
public sealed class SymbolicLoss : LearnedLoss
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
        Weights = [.. expression.Nodes().Skip(1).Select(node => Matrix<double>.Build.Dense(1, 1, node.Weight))];
    }

    /// <summary>The formula.</summary>
    public Expression Expression { get; }

    /// <inheritdoc/>
    public override string Formula => Expression.ToString();

    /// <inheritdoc/>
    public override IReadOnlyList<Matrix<double>> Weights { get; }

    /// <inheritdoc/>
    public override LearnedLoss WithWeights(IReadOnlyList<Matrix<double>> weights)
    {
        CheckWeights(weights);
        return new SymbolicLoss(Expression.WithWeights([Expression.Weight, .. weights.Select(weight => weight[0, 0])]));
    }

    private protected override Variable<T> Entries<T>(Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights) =>
        ExpressionOnTape.Evaluate(Expression, target, output, weights);
}
