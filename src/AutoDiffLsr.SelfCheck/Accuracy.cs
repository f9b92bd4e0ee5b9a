using AutoDiffLsr.Checking.Numerical;

namespace AutoDiffLsr.SelfCheck;

/// <summary>How accurate numerical derivatives are, by method and step: exp, sin, tanh and softplus at 200 points of [-2, 2] each, against their derivatives.</summary>
public static class Accuracy
{
    private const int Points = 200;

    private static readonly (Func<double, double> Function, Func<double, double> Derivative)[] Functions =
    [
        (Math.Exp, Math.Exp),
        (Math.Sin, Math.Cos),
        (Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x))),
        (x => Math.Log(1 + Math.Exp(x)), x => 1 / (1 + Math.Exp(-x))),
    ];

    /// <summary>Measures all methods.</summary>
    /// <returns>A row for each method, precision and step.</returns>
    public static IReadOnlyList<AccuracyRow> Measure() =>
    [
        .. Table("double", f => f, [1e-8, 1e-6, 6e-6, 1e-4, 1e-3]),
        Row("Ridders", "double", null, (f, x) => Ridders.Derivative(f, x).Value, f => f),
        .. Table("float", f => x => (float)f((float)x), [1e-6, 1e-4, 1e-3, 5e-3, 3e-2]),
    ];

    private static IEnumerable<AccuracyRow> Table(string precision, Func<Func<double, double>, Func<double, double>> rounded, double[] steps) =>
        from method in new (string Name, Func<Func<double, double>, double, double, double> Derivative)[] { ("forward", Forward), ("central", Central), ("five-point", FivePoint) }
        from h in steps
        select Row(method.Name, precision, h, (f, x) => method.Derivative(f, x, h), rounded);

    private static AccuracyRow Row(string method, string precision, double? step, Func<Func<double, double>, double, double> derivative, Func<Func<double, double>, Func<double, double>> rounded)
    {
        double[] errors = [.. Functions.SelectMany(pair => Enumerable.Range(0, Points).Select(i => -2 + (4.0 * i / (Points - 1))).Select(x => Error(pair, x))).Order()];
        return new(method, precision, step, errors[errors.Length / 2], errors[^1]);

        double Error((Func<double, double> Function, Func<double, double> Derivative) pair, double x)
        {
            double at = precision == "float" ? (float)x : x;
            return Math.Abs(derivative(rounded(pair.Function), at) - pair.Derivative(at));
        }
    }

    private static double Forward(Func<double, double> f, double x, double h) => (f(x + h) - f(x)) / h;

    private static double Central(Func<double, double> f, double x, double h) => (f(x + h) - f(x - h)) / (2 * h);

    private static double FivePoint(Func<double, double> f, double x, double h) =>
        ((8 * (f(x + h) - f(x - h))) - (f(x + (2 * h)) - f(x - (2 * h)))) / (12 * h);
}
