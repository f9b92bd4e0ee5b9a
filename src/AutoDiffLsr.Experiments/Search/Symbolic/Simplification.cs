namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>
/// Rules that make a formula shorter and change neither its value nor its gradient, but for rounding and for what is exactly on a kink. Weights move
/// upwards as far as they can.
/// </summary>
internal static class Simplification
{
    public static Expression Apply(Expression expression)
    {
        Expression[] operands = [.. expression.Operands.Select(Apply)];
        Expression reduced = expression.Symbol switch
        {
            Symbol.Number => Expression.Number(expression.Value),
            Symbol.Target or Symbol.Output => expression.WithWeight(1),
            _ when Array.TrueForAll(operands, IsNumber) => Folded(expression.Symbol, operands),
            Symbol.Add => Sum(operands[0], operands[1]),
            Symbol.Subtract => Sum(operands[0], Scaled(operands[1], -1)),
            Symbol.Multiply => Product(operands[0], operands[1]),
            Symbol.Divide => Quotient(operands[0], operands[1]),
            Symbol.Minimum or Symbol.Maximum => operands[0].Equals(operands[1]) ? operands[0] : Expression.Apply(expression.Symbol, operands),
            _ => OfOne(expression.Symbol, operands[0]),
        };
        return Scaled(reduced, expression.Weight);
    }

    private static Expression Folded(Symbol symbol, Expression[] numbers)
    {
        double value = Primitives.Apply(symbol, numbers[0].Value, numbers.Length > 1 ? numbers[1].Value : 0);
        return double.IsFinite(value) ? Expression.Number(value) : Expression.Apply(symbol, numbers);
    }

    private static Expression Sum(Expression a, Expression b)
    {
        if (IsZero(a))
            return b;
        if (IsZero(b))
            return a;
        if (!IsNumber(a) && double.IsFinite(a.Weight + b.Weight) && Core(a).Equals(Core(b)))
            return Scaled(Core(a), a.Weight + b.Weight);
        if (IsNegative(b))
            return Expression.Apply(Symbol.Subtract, a, Scaled(b, -1));
        return IsNegative(a) ? Expression.Apply(Symbol.Subtract, b, Scaled(a, -1)) : Expression.Apply(Symbol.Add, a, b);
    }

    private static Expression Product(Expression a, Expression b)
    {
        if (IsNumber(a))
            return Scaled(b, a.Value);
        if (IsNumber(b))
            return Scaled(a, b.Value);
        Expression product = Core(a).Equals(Core(b)) ? OfOne(Symbol.Square, Core(a)) : Expression.Apply(Symbol.Multiply, Core(a), Core(b));
        return Scaled(Scaled(product, a.Weight), b.Weight);
    }

    /// <summary>a / √(1 + b²) is linear in a and even in b.</summary>
    private static Expression Quotient(Expression a, Expression b)
    {
        if (IsNumber(b))
            return Scaled(a, 1 / Math.Sqrt(1 + (b.Value * b.Value)));
        Expression even = b.WithWeight(Math.Abs(b.Weight));
        if (IsNumber(a))
            return IsZero(a) ? a : Expression.Apply(Symbol.Divide, a, even);
        return Scaled(Expression.Apply(Symbol.Divide, Core(a), even), a.Weight);
    }

    private static Expression OfOne(Symbol symbol, Expression x) => symbol switch
    {
        Symbol.Sign => Scaled(x.Symbol == Symbol.Sign ? Core(x) : Expression.Apply(symbol, Core(x)), Math.Sign(x.Weight)),
        Symbol.Square => Scaled(Scaled(Expression.Apply(symbol, WithoutSign(Core(x))), x.Weight), x.Weight),
        Symbol.Absolute => Scaled(IsNeverNegative(x) ? Core(x) : Expression.Apply(symbol, Core(x)), Math.Abs(x.Weight)),
        Symbol.Tanh => x.Weight < 0 ? Scaled(Expression.Apply(symbol, Scaled(x, -1)), -1) : Expression.Apply(symbol, x),

        // Of what is under a logarithm or a root only the magnitude counts.
        _ => Expression.Apply(symbol, WithoutSign(x)),
    };

    /// <summary>An expression of the same magnitude: without an outermost |.| and without a minus.</summary>
    private static Expression WithoutSign(Expression x)
    {
        Expression inner = x.Symbol == Symbol.Absolute ? Scaled(x.Operands[0], x.Weight) : x;
        return IsNegative(inner) ? Scaled(inner, -1) : inner;
    }

    private static bool IsNeverNegative(Expression x) => x.Symbol is Symbol.Square or Symbol.Absolute or Symbol.Sqrt;

    private static Expression Core(Expression x) => x.WithWeight(1);

    /// <summary>factor·x; where the product of the weights would overflow or vanish, a product with a number.</summary>
    private static Expression Scaled(Expression x, double factor)
    {
        if (factor == 0)
            return Expression.Number(0);
        if (IsNumber(x) && double.IsFinite(x.Value * factor))
            return Expression.Number(x.Value * factor);
        double weight = x.Weight * factor;
        return double.IsFinite(weight) && weight != 0 ? x.WithWeight(weight) : Expression.Apply(Symbol.Multiply, Expression.Number(factor), x);
    }

    private static bool IsNumber(Expression x) => x is { Symbol: Symbol.Number, Weight: 1 };

    private static bool IsZero(Expression x) => IsNumber(x) && x.Value == 0;

    private static bool IsNegative(Expression x) => x.Symbol == Symbol.Number ? x.Value * x.Weight < 0 : x.Weight < 0;
}
