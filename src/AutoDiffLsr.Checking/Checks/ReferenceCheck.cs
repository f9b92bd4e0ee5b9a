using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The value equals that of an independent computation.</summary>
internal sealed class ReferenceCheck : ICheck
{
    private const double Tolerance = 1e-9;

    public CheckKind Kind => CheckKind.Reference;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        if (context.Function.Reference is not { } reference)
            return CheckResult.Pass(Kind);
        double[] actual = context.Bench.Evaluate(context.At).Outputs;
        Matrix<double> expected = reference([.. context.InputShapes.Select((shape, i) => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, (double[])context.At[i].Clone()))]);
        Slot output = new("the value", context.Bench.OutputShape);
        return expected.RowCount == output.Shape.Rows && expected.ColumnCount == output.Shape.Columns
            ? Compare(output, actual, expected.ToColumnMajorArray())
            : CheckResult.Fail(Kind, double.PositiveInfinity, $"The value is {output.Shape}, the reference {expected.RowCount}x{expected.ColumnCount}.");
    }

    private CheckResult Compare(Slot output, double[] actual, double[] expected)
    {
        double worst = 0, tolerance = Tolerance * Math.Max(1, Point.Largest(expected));
        for (int i = 0; i < actual.Length; i++)
        {
            double ratio = Math.Abs(actual[i] - expected[i]) / tolerance;
            if (!(ratio <= 1))
                return CheckResult.Fail(Kind, ratio, $"The value is {actual[i]:G12} at entry {output.Entry(i)}, the reference says {expected[i]:G12}.");
            worst = Math.Max(worst, ratio);
        }

        return CheckResult.Pass(Kind, worst);
    }
}
