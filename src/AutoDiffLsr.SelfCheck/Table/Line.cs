using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>Makes lines of one common form each, so that the table reads as a table.</summary>
internal static class Line
{
    /// <summary>f(x), of any shape, without other arguments.</summary>
    public static OperationLine Unary(
        string name, string covers, string format, Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>> single, Domain domain) =>
        Of(name, covers, Shapes.One, [domain], _ => Gen.Constant(FunctionUse.Unary(format, compute, single)));

    /// <summary>f(a, b), of shapes that broadcast.</summary>
    public static OperationLine Binary(
        string name,
        string covers,
        string format,
        Func<Variable<double>, Variable<double>, Variable<double>> compute,
        Func<Variable<float>, Variable<float>, Variable<float>> single,
        Domain first,
        Domain second)
    {
        FunctionUse use = FunctionUse.Binary(format, compute, single);
        return Of(name, covers, Shapes.BroadcastPair, [first, second], shapes => Shape.TryBroadcast(shapes[0], shapes[1], out _) ? Gen.Constant(use) : null);
    }

    /// <summary>f(x, c) with a number c.</summary>
    public static OperationLine WithNumber(
        string name,
        string covers,
        string format,
        Func<Variable<double>, double, Variable<double>> compute,
        Func<Variable<float>, double, Variable<float>> single,
        Domain domain,
        params double[] numbers) =>
        Of(name, covers, Shapes.One, [domain], _ => Gen.Elements(numbers).Select(c => FunctionUse.Unary(Filled(format, c), x => compute(x, c), x => single(x, c))));

    /// <summary>A line in full.</summary>
    public static OperationLine Of(string name, string covers, Gen<Shape[]> shapes, Domain[] domains, Func<Shape[], Gen<FunctionUse>?> use) =>
        new(name, [covers], shapes, domains, use);

    private static string Filled(string format, double c) => format.Replace("{c}", FormattableString.Invariant($"{c}"), StringComparison.Ordinal);
}
