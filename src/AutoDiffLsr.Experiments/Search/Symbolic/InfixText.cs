namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>Formulas as <see cref="Expression.Parse"/> reads them.</summary>
internal static class InfixText
{
    public static string Of(Expression expression, int? digits)
    {
        string node = Node(expression, digits);
        if (expression.Weight == 1)
            return node;
        if (expression.Symbol is Symbol.Add or Symbol.Subtract or Symbol.Multiply or Symbol.Number)
            node = $"({node})";
        return expression.Weight == -1 ? $"-{node}" : $"{Expression.Text(expression.Weight, digits)}*{node}";
    }

    private static string Node(Expression expression, int? digits) => expression.Symbol switch
    {
        Symbol.Number => Expression.Text(expression.Value, digits),
        Symbol.Target or Symbol.Output => expression.Symbol.Name(),
        Symbol.Add => $"{Of(expression.Operands[0], digits)} + {Term(expression.Operands[1], digits)}",
        Symbol.Subtract => $"{Of(expression.Operands[0], digits)} - {Term(expression.Operands[1], digits)}",
        Symbol.Multiply => $"{Factor(expression.Operands[0], digits)}*{RightFactor(expression.Operands[1], digits)}",
        Symbol.Square => $"{Base(expression.Operands[0], digits)}^2",
        _ => $"{expression.Symbol.Name()}({string.Join(", ", expression.Operands.Select(operand => Of(operand, digits)))})",
    };

    /// <summary>The right side of a sum: a sum there needs parentheses.</summary>
    private static string Term(Expression expression, int? digits) =>
        expression is { Weight: 1, Symbol: Symbol.Add or Symbol.Subtract } ? $"({Of(expression, digits)})" : Of(expression, digits);

    /// <summary>A factor: a sum needs parentheses, and a number, which would otherwise be read as the weight of the next factor.</summary>
    private static string Factor(Expression expression, int? digits) =>
        expression is { Weight: 1, Symbol: Symbol.Add or Symbol.Subtract or Symbol.Number } ? $"({Of(expression, digits)})" : Of(expression, digits);

    private static string RightFactor(Expression expression, int? digits) =>
        expression is { Weight: 1, Symbol: Symbol.Multiply } ? $"({Of(expression, digits)})" : Factor(expression, digits);

    private static string Base(Expression expression, int? digits) =>
        expression.Weight == 1 && (expression.Symbol is not (Symbol.Add or Symbol.Subtract or Symbol.Multiply) && expression is not { Symbol: Symbol.Number, Value: < 0 })
            ? Of(expression, digits)
            : $"({Of(expression, digits)})";
}
