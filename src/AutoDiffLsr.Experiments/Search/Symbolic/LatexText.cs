namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>Formulas for LaTeX.</summary>
internal static class LatexText
{
    public static string Of(Expression expression, int digits)
    {
        string node = Node(expression, digits);
        if (expression.Weight == 1)
            return node;
        if (expression.Symbol is Symbol.Add or Symbol.Subtract)
            node = Parenthesized(node);
        string weight = expression.Weight == -1 && expression.Symbol != Symbol.Number ? "-" : Number(expression.Weight, digits);
        return expression.Symbol == Symbol.Number || node.StartsWith('-') ? $@"{weight}\cdot {Protected(node)}" : $@"{weight}\,{node}";
    }

    private static string Node(Expression expression, int digits)
    {
        string Operand(int index) => Of(expression.Operands[index], digits);
        return expression.Symbol switch
        {
            Symbol.Number => Number(expression.Value, digits),
            Symbol.Target => "y",
            Symbol.Output => "f(x)",
            Symbol.Add => $"{Operand(0)} + {Term(expression.Operands[1], digits)}",
            Symbol.Subtract => $"{Operand(0)} - {Term(expression.Operands[1], digits)}",
            Symbol.Multiply => $@"{Factor(expression.Operands[0], digits)} \cdot {Factor(expression.Operands[1], digits)}",
            Symbol.Divide => $@"\frac{{{Operand(0)}}}{{\sqrt{{1 + {Squared(expression.Operands[1], digits)}}}}}",
            Symbol.Sign => $@"\operatorname{{sign}}{Parenthesized(Operand(0))}",
            Symbol.Square => Squared(expression.Operands[0], digits),
            Symbol.Absolute => $@"\left|{Operand(0)}\right|",
            Symbol.Tanh => $@"\tanh{Parenthesized(Operand(0))}",
            Symbol.Log => $@"\ln\max\left({Magnitude(expression.Operands[0], digits)}, 10^{{-7}}\right)",
            Symbol.Sqrt => $@"\sqrt{{\max\left({Magnitude(expression.Operands[0], digits)}, 10^{{-7}}\right)}}",
            Symbol.Minimum => $@"\min\left({Operand(0)}, {Operand(1)}\right)",
            _ => $@"\max\left({Operand(0)}, {Operand(1)}\right)",
        };
    }

    private static string Magnitude(Expression expression, int digits) =>
        expression is { Symbol: Symbol.Absolute, Weight: >= 0 } ? Of(expression, digits) : $@"\left|{Of(expression, digits)}\right|";

    private static string Squared(Expression expression, int digits) =>
        expression is { Weight: 1, Symbol: Symbol.Target or Symbol.Output or Symbol.Absolute } ? $"{Of(expression, digits)}^2" : $"{Parenthesized(Of(expression, digits))}^2";

    private static string Term(Expression expression, int digits) =>
        expression is { Weight: 1, Symbol: Symbol.Add or Symbol.Subtract } ? Parenthesized(Of(expression, digits)) : Protected(Of(expression, digits));

    private static string Factor(Expression expression, int digits) =>
        expression is { Weight: 1, Symbol: Symbol.Add or Symbol.Subtract } ? Parenthesized(Of(expression, digits)) : Protected(Of(expression, digits));

    /// <summary>An operand that begins with a minus is put in parentheses behind an operator.</summary>
    private static string Protected(string text) => text.StartsWith('-') ? Parenthesized(text) : text;

    private static string Parenthesized(string text) => $@"\left({text}\right)";

    private static string Number(double number, int digits)
    {
        string text = Expression.Text(number, digits);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text : $@"{text[..exponent]}\cdot 10^{{{text[(exponent + 1)..].TrimStart('+')}}}";
    }
}
