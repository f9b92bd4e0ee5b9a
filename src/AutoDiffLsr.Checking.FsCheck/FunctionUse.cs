using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>A function with its other arguments (labels, an exponent) fixed, in double and float, and how it is written in C#: "{0}.MatMul({1})".</summary>
internal sealed record FunctionUse(string Format, TapeFunction<double> Compute, TapeFunction<float>? ComputeSingle)
{
    /// <summary>The use for inputs that lost a place of every side of a length; null if there is none. The same use by default.</summary>
    public Func<int, int, FunctionUse?>? AfterDrop { get; init; }

    public static FunctionUse Unary(string format, Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>> single) =>
        new(format, (_, x) => compute(x[0]), (_, x) => single(x[0]));

    public static FunctionUse Binary(
        string format, Func<Variable<double>, Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>, Variable<float>> single) =>
        new(format, (_, x) => compute(x[0], x[1]), (_, x) => single(x[0], x[1]));

    /// <summary>The C# of this use.</summary>
    public string Text(IEnumerable<string> inputs)
    {
        string text = Format;
        int index = 0;
        foreach (string input in inputs)
            text = text.Replace($"{{{index++}}}", input, StringComparison.Ordinal);
        return text;
    }
}
