using AutoDiffLsr.Experiments.Search.Symbolic;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.Tests.Experiments.Search.Symbolic;

/// <summary>Random formulas for properties, shrunk to their parts.</summary>
public static class Expressions
{
    private static readonly Symbol[] OfOne = [Symbol.Sign, Symbol.Square, Symbol.Absolute, Symbol.Tanh, Symbol.Log, Symbol.Sqrt];

    private static readonly Symbol[] OfTwo = [Symbol.Add, Symbol.Subtract, Symbol.Multiply, Symbol.Divide, Symbol.Minimum, Symbol.Maximum];

    private static readonly Gen<double> Weights = Gen.Frequency(
        (3, Gen.Constant(1.0)),
        (1, Gen.Elements(-1.0, 0.5, -2.0, 0.0)),
        (2, Gen.Choose(-2000, 2000).Select(thousandths => thousandths / 1000.0)));

    public static Arbitrary<Expression> Any { get; } = Arb.From(Gen.Sized(size => OfHeight(Math.Min(4, size / 6))), Smaller);

    public static Arbitrary<Expression> Expression() => Any;

    private static Gen<Expression> OfHeight(int height) => height == 0 ? Leaves : Gen.Frequency(
        (1, Leaves),
        (3, from symbol in Gen.Elements(OfOne) from x in OfHeight(height - 1) from weight in Weights select Apply(symbol, weight, x)),
        (5, from symbol in Gen.Elements(OfTwo) from a in OfHeight(height - 1) from b in OfHeight(height - 1) from weight in Weights select Apply(symbol, weight, a, b)));

    private static Gen<Expression> Leaves =>
        from leaf in Gen.OneOf(
            Gen.Elements(AutoDiffLsr.Experiments.Search.Symbolic.Expression.Target, AutoDiffLsr.Experiments.Search.Symbolic.Expression.Output),
            Weights.Select(AutoDiffLsr.Experiments.Search.Symbolic.Expression.Number))
        from weight in Weights
        select leaf.WithWeight(weight);

    private static Expression Apply(Symbol symbol, double weight, params Expression[] operands) =>
        AutoDiffLsr.Experiments.Search.Symbolic.Expression.Apply(symbol, operands).WithWeight(weight);

    private static IEnumerable<Expression> Smaller(Expression expression)
    {
        foreach (Expression operand in expression.Operands)
            yield return operand;
        if (expression.Weight != 1)
            yield return expression.WithWeight(1);
        for (int i = 0; i < expression.Operands.Length; i++)
        {
            foreach (Expression smaller in Smaller(expression.Operands[i]))
                yield return Apply(expression.Symbol, expression.Weight, [.. expression.Operands.SetItem(i, smaller)]);
        }
    }
}
