using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>A function with its other arguments (labels, an exponent) fixed.</summary>
/// <param name="Format">How it is written in C#, with the inputs' places: "{0}.MatMul({1})".</param>
/// <param name="Compute">The function in double.</param>
/// <param name="ComputeSingle">The same in float, to be held against double; null for none.</param>
public sealed record FunctionUse(string Format, TapeFunction<double> Compute, TapeFunction<float>? ComputeSingle)
{
    /// <summary>The use for inputs that lost a place of every side of a length; null if there is none. The same use by default.</summary>
    public Func<int, int, FunctionUse?>? AfterDrop { get; init; }

    /// <summary>A function of one variable.</summary>
    /// <param name="format">How it is written in C#: "{0}.Exp()".</param>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The function in float.</param>
    public static FunctionUse Unary(string format, Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>> computeSingle) =>
        new(format, (_, x) => compute(x[0]), (_, x) => computeSingle(x[0]));

    /// <summary>A function of two variables.</summary>
    /// <param name="format">How it is written in C#: "{0} + {1}".</param>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The function in float.</param>
    public static FunctionUse Binary(
        string format, Func<Variable<double>, Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>, Variable<float>> computeSingle) =>
        new(format, (_, x) => compute(x[0], x[1]), (_, x) => computeSingle(x[0], x[1]));

    /// <summary>The C# of this use.</summary>
    /// <param name="inputs">The inputs' names.</param>
    /// <returns>"x1 + x2".</returns>
    public string Text(IEnumerable<string> inputs)
    {
        string text = Format;
        int index = 0;
        foreach (string input in inputs)
            text = text.Replace($"{{{index++}}}", input, StringComparison.Ordinal);
        return text;
    }
}
