using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>A line of the table of values: an operation, and the same by its definition, entry by entry.</summary>
/// <param name="Covers">The public member.</param>
/// <param name="Shapes">Draws the shapes of the inputs.</param>
/// <param name="Positive">Whether the inputs must be positive.</param>
/// <param name="Compute">The operation.</param>
/// <param name="ShapeOf">The shape of the result by the definition.</param>
/// <param name="Entry">Entry (i, j) of the result by the definition.</param>
internal sealed record OperationValue(
    string Covers,
    Func<RandomSource, Shape[]> Shapes,
    bool Positive,
    Func<Variable<double>[], Variable<double>> Compute,
    Func<Matrix<double>[], Shape> ShapeOf,
    Func<Matrix<double>[], int, int, double> Entry)
{
    /// <summary>f(x), entry by entry.</summary>
    public static OperationValue Of(string covers, Func<Variable<double>, Variable<double>> compute, Func<double, double> definition, bool positive = false) =>
        Whole(covers, compute, ShapeOf0, (x, i, j) => definition(x[i, j]), positive);

    /// <summary>f(a, b), entry by entry, sides of length 1 repeated.</summary>
    public static OperationValue Of(
        string covers, Func<Variable<double>, Variable<double>, Variable<double>> compute, Func<double, double, double> definition, bool positive = false) => new(
        covers,
        BroadcastPair,
        positive,
        x => compute(x[0], x[1]),
        static x => new Shape(Math.Max(x[0].RowCount, x[1].RowCount), Math.Max(x[0].ColumnCount, x[1].ColumnCount)),
        (x, i, j) => definition(x[0][i % x[0].RowCount, j % x[0].ColumnCount], x[1][i % x[1].RowCount, j % x[1].ColumnCount]));

    /// <summary>F(X), whose entries may depend on all of X.</summary>
    public static OperationValue Whole(
        string covers, Func<Variable<double>, Variable<double>> compute, Func<Matrix<double>, Shape> shape, Func<Matrix<double>, int, int, double> entry, bool positive = false) => new(
        covers, static random => [Draw(random)], positive, x => compute(x[0]), x => shape(x[0]), (x, i, j) => entry(x[0], i, j));

    public static Shape ShapeOf0(Matrix<double> x) => new(x.RowCount, x.ColumnCount);

    public static Shape Draw(RandomSource random) => new(1 + random.NextInt(5), 1 + random.NextInt(5));

    private static Shape[] BroadcastPair(RandomSource random)
    {
        Shape common = Draw(random);
        return [.. Enumerable.Range(0, 2).Select(_ => new Shape(random.NextInt(3) == 0 ? 1 : common.Rows, random.NextInt(3) == 0 ? 1 : common.Columns))];
    }
}
