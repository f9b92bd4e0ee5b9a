using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>The definitions of transcendental functions, activations and reductions, for the table of values.</summary>
internal static class TranscendentalValues
{
    public static IReadOnlyList<OperationValue> Table { get; } =
    [
        OperationValue.Of("TranscendentalOperations.Sin(Variable)", x => x.Sin(), Math.Sin),
        OperationValue.Of("TranscendentalOperations.Cos(Variable)", x => x.Cos(), Math.Cos),
        OperationValue.Of("TranscendentalOperations.Tan(Variable)", x => x.Tan(), z => Math.Sin(z) / Math.Cos(z)),
        OperationValue.Of("TranscendentalOperations.Asin(Variable)", x => x.Tanh().Asin(), z => Math.Asin(Math.Tanh(z))),
        OperationValue.Of("TranscendentalOperations.Acos(Variable)", x => x.Tanh().Acos(), z => (Math.PI / 2) - Math.Asin(Math.Tanh(z))),
        OperationValue.Of("TranscendentalOperations.Atan(Variable)", x => x.Atan(), Math.Atan),
        OperationValue.Of("TranscendentalOperations.Sinh(Variable)", x => x.Sinh(), z => (Math.Exp(z) - Math.Exp(-z)) / 2),
        OperationValue.Of("TranscendentalOperations.Cosh(Variable)", x => x.Cosh(), z => (Math.Exp(z) + Math.Exp(-z)) / 2),
        OperationValue.Of("TranscendentalOperations.Expm1(Variable)", x => x.Expm1(), z => Math.Exp(z) - 1),
        OperationValue.Of("TranscendentalOperations.Erf(Variable)", x => x.Erf(), z => 1 - SpecialFunctions.Erfc(z)),
        OperationValue.Of("TranscendentalOperations.Power(Variable, Variable)", (x, p) => x.Power(p), Math.Pow, positive: true),
        OperationValue.Of("TranscendentalOperations.Atan2(Variable, Variable)", (a, b) => a.Atan2(b), Math.Atan2),
        OperationValue.Of("TranscendentalOperations.Hypot(Variable, Variable)", (a, b) => a.Hypot(b), (a, b) => Math.Sqrt((a * a) + (b * b))),
        OperationValue.Of("TranscendentalOperations.LogAddExp(Variable, Variable)", (a, b) => a.LogAddExp(b), (a, b) => Math.Log(Math.Exp(a) + Math.Exp(b))),
        OperationValue.Of("ActivationOperations.Silu(Variable)", x => x.Silu(), z => z / (1 + Math.Exp(-z))),
        OperationValue.Of("ActivationOperations.Elu(Variable, Double)", x => x.Elu(1.5), z => z > 0 ? z : 1.5 * (Math.Exp(z) - 1)),
        OperationValue.Of("ActivationOperations.HardSwish(Variable)", x => (4 * x).HardSwish(), z => 4 * z * Math.Clamp((4 * z) + 3, 0, 6) / 6),
        OperationValue.Of("ActivationOperations.Mish(Variable)", x => x.Mish(), z => z * Math.Tanh(Math.Log(1 + Math.Exp(z)))),
        OperationValue.Whole("ReductionOperations.Variance(Variable, Boolean)", x => x.Variance(), _ => Shape.Scalar, (x, _, _) => Variance(x.Enumerate(), 0)),
        OperationValue.Whole("ReductionOperations.VarianceOverRows(Variable, Boolean)", x => x.VarianceOverRows(), x => new(1, x.ColumnCount), (x, _, j) => Variance(x.Column(j).Enumerate(), 0)),
        OperationValue.Whole("ReductionOperations.VarianceOverColumns(Variable, Boolean)", x => x.Tile(1, 2).VarianceOverColumns(unbiased: true), x => new(x.RowCount, 1), (x, i, _) => Variance(x.Row(i).Enumerate().Concat(x.Row(i).Enumerate()), 1)),
        OperationValue.Whole("ReductionOperations.Norm(Variable)", x => x.Norm(), _ => Shape.Scalar, (x, _, _) => Math.Sqrt(x.Enumerate().Sum(z => z * z))),
        OperationValue.Whole("ReductionOperations.NormOverRows(Variable)", x => x.NormOverRows(), x => new(1, x.ColumnCount), (x, _, j) => Math.Sqrt(x.Column(j).Sum(z => z * z))),
        OperationValue.Whole("ReductionOperations.NormOverColumns(Variable)", x => x.NormOverColumns(), x => new(x.RowCount, 1), (x, i, _) => Math.Sqrt(x.Row(i).Sum(z => z * z))),
    ];

    private static double Variance(IEnumerable<double> values, int less)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return all.Sum(value => (value - mean) * (value - mean)) / (all.Length - less);
    }
}
