using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>The definitions of transcendental functions, activations and reductions, for the table of values.</summary>
internal static class TranscendentalValues
{
    public static IReadOnlyList<OperationValue> Table { get; } =
    [
        OperationValue.Of("Transcendental.Sin(Variable)", x => x.Sin(), Math.Sin),
        OperationValue.Of("Transcendental.Cos(Variable)", x => x.Cos(), Math.Cos),
        OperationValue.Of("Transcendental.Tan(Variable)", x => x.Tan(), z => Math.Sin(z) / Math.Cos(z)),
        OperationValue.Of("Transcendental.Asin(Variable)", x => x.Tanh().Asin(), z => Math.Asin(Math.Tanh(z))),
        OperationValue.Of("Transcendental.Acos(Variable)", x => x.Tanh().Acos(), z => (Math.PI / 2) - Math.Asin(Math.Tanh(z))),
        OperationValue.Of("Transcendental.Atan(Variable)", x => x.Atan(), Math.Atan),
        OperationValue.Of("Transcendental.Sinh(Variable)", x => x.Sinh(), z => (Math.Exp(z) - Math.Exp(-z)) / 2),
        OperationValue.Of("Transcendental.Cosh(Variable)", x => x.Cosh(), z => (Math.Exp(z) + Math.Exp(-z)) / 2),
        OperationValue.Of("Transcendental.Expm1(Variable)", x => x.Expm1(), z => Math.Exp(z) - 1),
        OperationValue.Of("Transcendental.Erf(Variable)", x => x.Erf(), z => 1 - SpecialFunctions.Erfc(z)),
        OperationValue.Of("Transcendental.Power(Variable, Variable)", (x, p) => x.Power(p), Math.Pow, positive: true),
        OperationValue.Of("Transcendental.Atan2(Variable, Variable)", (a, b) => a.Atan2(b), Math.Atan2),
        OperationValue.Of("Transcendental.Hypot(Variable, Variable)", (a, b) => a.Hypot(b), (a, b) => Math.Sqrt((a * a) + (b * b))),
        OperationValue.Of("Transcendental.LogAddExp(Variable, Variable)", (a, b) => a.LogAddExp(b), (a, b) => Math.Log(Math.Exp(a) + Math.Exp(b))),
        OperationValue.Of("Activations.Silu(Variable)", x => x.Silu(), z => z / (1 + Math.Exp(-z))),
        OperationValue.Of("Activations.Elu(Variable, Double)", x => x.Elu(1.5), z => z > 0 ? z : 1.5 * (Math.Exp(z) - 1)),
        OperationValue.Of("Activations.HardSwish(Variable)", x => (4 * x).HardSwish(), z => 4 * z * Math.Clamp((4 * z) + 3, 0, 6) / 6),
        OperationValue.Of("Activations.Mish(Variable)", x => x.Mish(), z => z * Math.Tanh(Math.Log(1 + Math.Exp(z)))),
        OperationValue.Whole("Reducing.Variance(Variable, Boolean)", x => x.Variance(), _ => Shape.Scalar, (x, _, _) => Variance(x.Enumerate(), 0)),
        OperationValue.Whole("Reducing.VarianceOverRows(Variable, Boolean)", x => x.VarianceOverRows(), x => new(1, x.ColumnCount), (x, _, j) => Variance(x.Column(j).Enumerate(), 0)),
        OperationValue.Whole("Reducing.VarianceOverColumns(Variable, Boolean)", x => x.Tile(1, 2).VarianceOverColumns(unbiased: true), x => new(x.RowCount, 1), (x, i, _) => Variance(x.Row(i).Enumerate().Concat(x.Row(i).Enumerate()), 1)),
        OperationValue.Whole("Reducing.Norm(Variable)", x => x.Norm(), _ => Shape.Scalar, (x, _, _) => Math.Sqrt(x.Enumerate().Sum(z => z * z))),
        OperationValue.Whole("Reducing.NormOverRows(Variable)", x => x.NormOverRows(), x => new(1, x.ColumnCount), (x, _, j) => Math.Sqrt(x.Column(j).Sum(z => z * z))),
        OperationValue.Whole("Reducing.NormOverColumns(Variable)", x => x.NormOverColumns(), x => new(x.RowCount, 1), (x, i, _) => Math.Sqrt(x.Row(i).Sum(z => z * z))),
    ];

    private static double Variance(IEnumerable<double> values, int less)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return all.Sum(value => (value - mean) * (value - mean)) / (all.Length - less);
    }
}
