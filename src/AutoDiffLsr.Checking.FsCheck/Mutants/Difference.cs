using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck.Mutants;

/// <summary>What the other checkers share: plain central differences of a fixed step, and the gradient.</summary>
internal static class Difference
{
    public static FirstOrder First(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, out Workbench<double> bench)
    {
        Shape[] shapes = [.. inputs.Select(input => new Shape(input.RowCount, input.ColumnCount))];
        bench = new(function, shapes, []);
        return new(bench, [.. shapes.Select((shape, i) => new Slot($"input {i + 1}", shape))], [.. inputs.Select(input => input.ToColumnMajorArray())]);
    }

    /// <summary>(f(x + h·u) - f(x - h·u)) / 2h for every output.</summary>
    public static double[] Central(Problem problem, double[][] direction, double h)
    {
        double[][] point = Point.Zeros(problem.At);
        Point.Move(problem.At, direction, h, point);
        double[] right = problem.Evaluate(point).Outputs;
        Point.Move(problem.At, direction, -h, point);
        double[] left = problem.Evaluate(point).Outputs;
        return [.. right.Zip(left, (r, l) => (r - l) / (2 * h))];
    }

    public static double[] Normal(RandomSource random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];

    public static double[][] Normal(RandomSource random, double[][] like) => [.. like.Select(slot => Normal(random, slot.Length))];

    public static double[][] Unit(double[][] like, int slot, int index)
    {
        double[][] unit = Point.Zeros(like);
        unit[slot][index] = 1;
        return unit;
    }

    /// <summary>Whether |a - b| ≤ atol + rtol·|b|; false for NaN.</summary>
    public static bool AllClose(double a, double b, double atol, double rtol) => Math.Abs(a - b) <= atol + (rtol * Math.Abs(b));
}
