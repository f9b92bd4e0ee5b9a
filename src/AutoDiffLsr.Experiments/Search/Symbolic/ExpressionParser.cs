using System.Globalization;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>
/// Reads formulas by recursive descent:
/// <code>
/// sum     = product { ("+" | "-") product }
/// product = factor { "*" factor }
/// factor  = { "-" } [ number "*" ] factor | power        a number before a * is a weight
/// power   = atom { "^" "2" }
/// atom    = number | "y" | "f" | name "(" sum { "," sum } ")" | "(" sum ")"
/// </code>
/// </summary>
internal sealed class ExpressionParser(string text)
{
    /// <summary>Formulas nested deeper are refused, so that no text can exhaust the stack.</summary>
    private const int DeepestNesting = 200;

    /// <summary>More nodes than any loss has that a person or a search would write.</summary>
    private const int MostNodes = 10_000;

    private int position;
    private int nesting;
    private int nodes;

    public Expression Parse()
    {
        Expression expression = Sum();
        if (Next() is { } letter)
            throw Fault(letter == ')' ? "')' has no '(' before it" : letter == '/' ? NoDivision : $"{Found()} where an operator (+, -, *, ^2) or the end was expected");
        return expression;
    }

    private const string NoDivision = "'/' is no primitive: write div(a, b), which is a / sqrt(1 + b^2)";

    private Expression Sum()
    {
        Expression left = Product();
        while (Next() is '+' or '-')
        {
            Symbol symbol = text[position++] == '+' ? Symbol.Add : Symbol.Subtract;
            left = Counted(Expression.Apply(symbol, left, Product()));
        }

        return left;
    }

    private Expression Product()
    {
        Expression left = Factor();
        while (Next() == '*')
        {
            position++;
            left = Counted(Expression.Apply(Symbol.Multiply, left, Factor()));
        }

        return left;
    }

    private Expression Factor()
    {
        if (++nesting > DeepestNesting)
            throw Fault($"the formula is nested more than {DeepestNesting} deep");
        Expression factor = SignedFactor();
        nesting--;
        return factor;
    }

    private Expression SignedFactor()
    {
        bool isNegative = Take('-');
        if (!StartsNumber())
            return isNegative ? Weighted(Factor(), -1) : Power();
        int start = position;
        double number = Number();
        double signed = isNegative ? -number : number;
        switch (Next())
        {
            case '*':
                position++;
                return Weighted(Factor(), signed);
            case '^':
                position = start;
                return isNegative ? Weighted(Power(), -1) : Power();
            default:
                return Counted(Expression.Number(signed));
        }
    }

    private Expression Weighted(Expression expression, double weight)
    {
        double product = expression.Weight * weight;
        return double.IsFinite(product) ? expression.WithWeight(product) : throw Fault("the weight before this place is too large");
    }

    private Expression Power()
    {
        Expression power = Atom();
        while (Take('^'))
        {
            if (!StartsNumber() || Number() != 2)
                throw Fault("after '^' only 2 is possible: the square is the only power");
            power = Counted(Expression.Apply(Symbol.Square, power));
        }

        return power;
    }

    private Expression Atom()
    {
        if (StartsNumber())
            return Counted(Expression.Number(Number()));
        if (Take('('))
        {
            Expression inner = Sum();
            Expect(')', "')' or an operator");
            return inner;
        }

        return Next() is { } letter && char.IsAsciiLetter(letter) ? Named() : throw Fault(Next() == '/' ? NoDivision : $"{Found()} where a number, y, f, a primitive or '(' was expected");
    }

    private Expression Named()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        string name = text[start..position];
        if (!Symbols.ByName.TryGetValue(name, out Symbol symbol))
        {
            position = start;
            throw Fault($"'{name}' is no primitive; there are {string.Join(", ", Symbols.ByName.Keys)}");
        }

        if (symbol.Arity() == 0)
            return Counted(Argument(symbol));
        Expect('(', $"'(' after {name}");
        Expression[] operands = new Expression[symbol.Arity()];
        for (int i = 0; i < operands.Length; i++)
        {
            if (i > 0)
                Expect(',', $"',' and operand {i + 1} of {operands.Length} of {name}");
            operands[i] = Sum();
        }

        Expect(')', $"')' after the {(operands.Length == 1 ? "operand" : $"{operands.Length} operands")} of {name}");
        return Counted(Expression.Apply(symbol, operands));
    }

    /// <summary>y or f; what a net says may also be written f(x).</summary>
    private Expression Argument(Symbol symbol)
    {
        if (symbol == Symbol.Output && Next() == '(')
        {
            position++;
            Expect('x', "x, as in f(x)");
            Expect(')', "')', as in f(x)");
        }

        return symbol == Symbol.Target ? Expression.Target : Expression.Output;
    }

    private bool StartsNumber() => Next() is { } letter && (char.IsAsciiDigit(letter) || letter == '.');

    private double Number()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.' || IsExponent(start)))
            position++;
        if (double.TryParse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        string found = text[start..position];
        position = start;
        throw Fault($"'{found}' is no finite number");
    }

    /// <summary>Whether this letter is the e of an exponent, or the sign behind it.</summary>
    private bool IsExponent(int start) => text[position] switch
    {
        'e' or 'E' => position > start && position + 1 < text.Length && (char.IsAsciiDigit(text[position + 1]) || text[position + 1] is '+' or '-'),
        '+' or '-' => position > start && text[position - 1] is 'e' or 'E',
        _ => false,
    };

    private Expression Counted(Expression expression) => ++nodes <= MostNodes ? expression : throw Fault($"the formula has more than {MostNodes} nodes");

    private char? Next()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
        return position < text.Length ? text[position] : null;
    }

    private bool Take(char letter)
    {
        if (Next() != letter)
            return false;
        position++;
        return true;
    }

    private void Expect(char letter, string expected)
    {
        if (!Take(letter))
            throw Fault(Next() == '/' ? NoDivision : $"{Found()} where {expected} was expected");
    }

    private string Found() => Next() is { } letter ? $"'{letter}'" : "the end";

    private ExpressionFormatException Fault(string problem)
    {
        Next();
        return new(text, position + 1, problem);
    }
}
