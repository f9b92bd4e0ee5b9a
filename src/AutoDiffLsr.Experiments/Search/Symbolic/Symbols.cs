namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>What is known of each <see cref="Symbol"/>.</summary>
internal static class Symbols
{
    /// <summary>Below this, the magnitude in a logarithm or root counts as this.</summary>
    public const double SmallestMagnitude = 1e-7;

    /// <summary>The primitives, in the order of the enumeration.</summary>
    public static IReadOnlyList<Symbol> Primitives { get; } = [.. Enum.GetValues<Symbol>().Where(symbol => symbol.Arity() > 0)];

    /// <summary>The names by which formulas call the arguments and those primitives that have no operator.</summary>
    public static IReadOnlyDictionary<string, Symbol> ByName { get; } = Enum.GetValues<Symbol>()
        .Where(symbol => symbol != Symbol.Number)
        .ToDictionary(symbol => symbol.Name());

    /// <summary>How many operands it has.</summary>
    public static int Arity(this Symbol symbol) => symbol switch
    {
        Symbol.Target or Symbol.Output or Symbol.Number => 0,
        Symbol.Sign or Symbol.Square or Symbol.Absolute or Symbol.Tanh or Symbol.Log or Symbol.Sqrt => 1,
        _ => 2,
    };

    /// <summary>Whether its operands may change places.</summary>
    public static bool IsCommutative(this Symbol symbol) => symbol is Symbol.Add or Symbol.Multiply or Symbol.Minimum or Symbol.Maximum;

    /// <summary>The word for it.</summary>
    public static string Name(this Symbol symbol) => symbol switch
    {
        Symbol.Target => "y",
        Symbol.Output => "f",
        Symbol.Add => "add",
        Symbol.Subtract => "sub",
        Symbol.Multiply => "mul",
        Symbol.Divide => "div",
        Symbol.Sign => "sign",
        Symbol.Square => "square",
        Symbol.Absolute => "abs",
        Symbol.Tanh => "tanh",
        Symbol.Log => "log",
        Symbol.Sqrt => "sqrt",
        Symbol.Minimum => "min",
        Symbol.Maximum => "max",
        _ => "number",
    };
}
