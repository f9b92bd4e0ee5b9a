using AutoDiffLsr.Experiments.Search.Symbolic;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>What the report calls the nodes of formulas.</summary>
internal static class SymbolNames
{
    /// <summary>All names, primitives in the order of the enumeration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Symbol>().Where(symbol => symbol is not (Symbol.Target or Symbol.Output)).Select(Name)];

    public static string Of(Expression node) => Name(node.Symbol);

    private static string Name(Symbol symbol) => symbol switch
    {
        Symbol.Add => "+",
        Symbol.Subtract => "-",
        Symbol.Multiply => "*",
        Symbol.Number => "a number",
        Symbol.Divide => "div",
        Symbol.Absolute => "abs",
        Symbol.Minimum => "min",
        Symbol.Maximum => "max",
        _ => symbol.ToString().ToLowerInvariant(),
    };
}
