using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>
/// A loss as a formula of the target y and the output f: a tree that never changes. Each node has a weight, the factor of the edge to the node above it:
/// a node's value is its symbol applied to weight·value of each operand. The topmost weight is a factor of the whole.
/// </summary>
/// <example><c>Expression.Parse("0.5*(y - f)^2")</c>; every expression's <see cref="ToString()"/> is read back to an equal expression.</example>
public sealed class Expression : IEquatable<Expression>
{
    private Expression(Symbol symbol, double value, double weight, ImmutableArray<Expression> operands)
    {
        (Symbol, Value, Weight, Operands) = (symbol, value, weight, operands);
        Height = operands.IsEmpty ? 0 : 1 + operands.Max(operand => operand.Height);
        NodeCount = 1 + operands.Sum(operand => operand.NodeCount);
        UsesTarget = symbol == Symbol.Target || operands.Any(operand => operand.UsesTarget);
        UsesOutput = symbol == Symbol.Output || operands.Any(operand => operand.UsesOutput);
    }

    /// <summary>y.</summary>
    public static Expression Target { get; } = new(Symbol.Target, 0, 1, []);

    /// <summary>f.</summary>
    public static Expression Output { get; } = new(Symbol.Output, 0, 1, []);

    /// <summary>What the topmost node is.</summary>
    public Symbol Symbol { get; }

    /// <summary>The number of a <see cref="Symbol.Number"/>; 0 for others.</summary>
    public double Value { get; }

    /// <summary>The factor of the edge to the node above, or of the whole.</summary>
    public double Weight { get; }

    /// <summary>The operands, none to two.</summary>
    public ImmutableArray<Expression> Operands { get; }

    /// <summary>The longest way down, in edges: 0 for an argument or a number.</summary>
    public int Height { get; }

    /// <summary>The number of nodes.</summary>
    public int NodeCount { get; }

    /// <summary>Whether y occurs.</summary>
    public bool UsesTarget { get; }

    /// <summary>Whether f occurs.</summary>
    public bool UsesOutput { get; }

    /// <summary>A number.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is infinite or NaN.</exception>
    public static Expression Number(double value) => new(Symbol.Number, Finite(value, nameof(value)), 1, []);

    /// <summary>A primitive applied to operands.</summary>
    /// <param name="symbol">A primitive.</param>
    /// <param name="operands">As many as it takes.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentException">The number of operands is wrong, or the symbol is no primitive.</exception>
    public static Expression Apply(Symbol symbol, params ReadOnlySpan<Expression> operands)
    {
        if (symbol.Arity() == 0)
            throw new ArgumentException($"{symbol} is no primitive: it takes no operands.", nameof(symbol));
        if (operands.Length != symbol.Arity())
            throw new ArgumentException($"'{symbol.Name()}' takes {symbol.Arity()} operands, not {operands.Length}.", nameof(operands));
        foreach (Expression operand in operands)
            ArgumentNullException.ThrowIfNull(operand, nameof(operands));
        return new(symbol, 0, 1, [.. operands]);
    }

    /// <summary>Reads a formula such as <c>abs(log(1.2*y*f))</c>.</summary>
    /// <param name="text">
    /// Numbers, y, f, + - * with the usual precedence, x^2, parentheses, and div, sign, square, abs, tanh, log, sqrt, min, max. A number that stands bare
    /// before a * is the weight of what follows; in parentheses, as in (2)*y, it is an operand of its own.
    /// </param>
    /// <returns>The expression.</returns>
    /// <exception cref="ExpressionFormatException">The text is no formula; the message says where and what was expected.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text).Parse();
    }

    /// <summary>The same expression with another topmost weight.</summary>
    /// <param name="weight">A finite number.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is infinite or NaN.</exception>
    public Expression WithWeight(double weight) => weight.Equals(Weight) ? this : new(Symbol, Value, Finite(weight, nameof(weight)), Operands);

    /// <summary>The same tree with other weights.</summary>
    /// <param name="weights">One for each node, each node before its operands.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentException">Their number is not <see cref="NodeCount"/>.</exception>
    public Expression WithWeights(ReadOnlySpan<double> weights)
    {
        if (weights.Length != NodeCount)
            throw new ArgumentException($"The expression has {NodeCount} nodes, but there are {weights.Length} weights.", nameof(weights));
        int place = 0;
        return Reweighted(weights, ref place);
    }

    /// <summary>All nodes with what hangs below them, each before its operands.</summary>
    /// <returns>The nodes; the first one is this.</returns>
    public IEnumerable<Expression> Nodes() => Operands.SelectMany(operand => operand.Nodes()).Prepend(this);

    /// <summary>The same tree with one node and all below it replaced.</summary>
    /// <param name="place">The node, by its place in <see cref="Nodes"/>.</param>
    /// <param name="replacement">The expression put there.</param>
    /// <returns>The new tree; this one is as before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Expression Replace(int place, Expression replacement)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        if ((uint)place >= (uint)NodeCount)
            throw new ArgumentOutOfRangeException(nameof(place), place, $"The expression has {NodeCount} nodes, counted from 0.");
        if (place == 0)
            return replacement;
        int index = 0, start = 1;
        while (place >= start + Operands[index].NodeCount)
            start += Operands[index++].NodeCount;
        return WithOperands(Operands.SetItem(index, Operands[index].Replace(place - start, replacement)));
    }

    /// <summary>
    /// The formula in an order of operands that does not depend on how it was written: two expressions are equal up to the order of the operands of
    /// +, *, min and max exactly if these are equal.
    /// </summary>
    /// <returns>The expression in that order.</returns>
    public Expression Canonical()
    {
        if (Operands.IsEmpty)
            return this;
        ImmutableArray<Expression> operands = [.. Operands.Select(operand => operand.Canonical())];
        return WithOperands(Symbol.IsCommutative() ? operands.Sort(static (a, b) => string.CompareOrdinal(a.ToString(), b.ToString())) : operands);
    }

    /// <summary>A shorter expression of equal value and gradient, up to rounding, wherever both are smooth. For people to read.</summary>
    /// <returns>The expression.</returns>
    public Expression Simplify() => Simplification.Apply(this);

    /// <summary>The formula, with every number exact.</summary>
    /// <returns>A text that <see cref="Parse"/> reads back to an equal expression.</returns>
    public override string ToString() => InfixText.Of(this, digits: null);

    /// <summary>The formula with rounded numbers.</summary>
    /// <param name="digits">The significant digits of each number, at least 1.</param>
    public string ToString(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        return InfixText.Of(this, digits);
    }

    /// <summary>The formula for LaTeX's mathematical mode, with the primitives' protected forms written out.</summary>
    /// <param name="digits">The significant digits of each number.</param>
    /// <returns>The text, without dollars.</returns>
    public string ToLatex(int digits = 4) => LatexText.Of(this, digits);

    /// <summary>The tree as a drawing.</summary>
    /// <param name="digits">The significant digits of each number.</param>
    /// <returns>An SVG of its own.</returns>
    public string ToSvg(int digits = 4) => TreeDrawing.Of(this, digits);

    /// <inheritdoc/>
    public bool Equals(Expression? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Symbol == other.Symbol && Value.Equals(other.Value) && Weight.Equals(other.Weight) && Operands.SequenceEqual(other.Operands));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => Operands.Aggregate(HashCode.Combine(Symbol, Value, Weight), HashCode.Combine);

    internal Expression WithOperands(ImmutableArray<Expression> operands) => new(Symbol, Value, Weight, operands);

    internal static string Text(double number, int? digits) =>
        number.ToString(digits is { } count ? $"G{count}" : "R", CultureInfo.InvariantCulture);

    private Expression Reweighted(ReadOnlySpan<double> weights, ref int place)
    {
        double weight = Finite(weights[place++], nameof(weights));
        ImmutableArray<Expression>.Builder operands = ImmutableArray.CreateBuilder<Expression>(Operands.Length);
        foreach (Expression operand in Operands)
            operands.Add(operand.Reweighted(weights, ref place));
        return new(Symbol, Value, weight, operands.MoveToImmutable());
    }

    private static double Finite(double number, string name) => double.IsFinite(number) ? number : throw new ArgumentOutOfRangeException(
        name, number, "The numbers of an expression must be finite.");
}
