using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>Computes formulas by the tape's operations, node by node.</summary>
internal static class ExpressionOnTape
{
    /// <summary>The value of a formula for every entry.</summary>
    /// <param name="expression">The formula.</param>
    /// <param name="target">y, of any shape.</param>
    /// <param name="output">f, of the same shape.</param>
    /// <param name="weights">A 1x1 for each node but the topmost, whose weight stays; or none: then the weights are the expression's own.</param>
    /// <returns>Of the shape of f.</returns>
    public static Variable<T> Evaluate<T>(Expression expression, Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        int place = 0;
        Variable<T> value = Times(Node(expression, target, output, weights, ref place), expression.Weight);
        return value.Shape == output.Shape ? value : value.BroadcastTo(output.Shape);
    }

    private static Variable<T> Node<T>(Expression node, Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights, ref int place)
        where T : struct, IFloatingPointIeee754<T>
    {
        switch (node.Symbol)
        {
            case Symbol.Target:
                return target;
            case Symbol.Output:
                return output;
            case Symbol.Number:
                return output.Tape.Constant(T.CreateTruncating(node.Value));
        }

        Variable<T> first = Weighted(node.Operands[0], target, output, weights, ref place);
        return node.Operands.Length == 1
            ? Primitives.Apply(node.Symbol, first)
            : Primitives.Apply(node.Symbol, first, Weighted(node.Operands[1], target, output, weights, ref place));
    }

    private static Variable<T> Weighted<T>(Expression operand, Variable<T> target, Variable<T> output, ReadOnlySpan<Variable<T>> weights, ref int place)
        where T : struct, IFloatingPointIeee754<T>
    {
        int own = place++;
        Variable<T> value = Node(operand, target, output, weights, ref place);
        return weights.IsEmpty ? Times(value, operand.Weight) : value * weights[own];
    }

    private static Variable<T> Times<T>(Variable<T> value, double weight)
        where T : struct, IFloatingPointIeee754<T> => weight == 1 ? value : value * weight;
}
