using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>The definitions of gathers, choices and jumps, for the table of values.</summary>
internal static class SelectionValues
{
    public static IReadOnlyList<OperationValue> Table { get; } =
    [
        OperationValue.Whole("GatherOperations.TakeRows(Variable, Int32[])", x => x.TakeRows([x.Rows - 1, 0, x.Rows - 1]), x => new(3, x.ColumnCount), (x, i, j) => x[i == 1 ? 0 : x.RowCount - 1, j]),
        OperationValue.Whole("GatherOperations.TakeColumns(Variable, Int32[])", x => x.TakeColumns([x.Columns - 1, 0]), x => new(x.RowCount, 2), (x, i, j) => x[i, j == 0 ? x.ColumnCount - 1 : 0]),
        OperationValue.Whole("GatherOperations.Take(Variable, Int32[], Shape)", x => x.Take([0, x.Shape.Count - 1, 0], new(1, 3)), _ => new(1, 3), (x, _, j) => j == 1 ? x[x.RowCount - 1, x.ColumnCount - 1] : x[0, 0]),
        OperationValue.Whole("GatherOperations.PutRows(Variable, Int32[], Int32)", x => x.PutRows([.. Enumerable.Range(0, x.Rows).Select(i => i % 2)], 3), x => new(3, x.ColumnCount), (x, i, j) => Total(x.RowCount, k => k % 2 == i, k => x[k, j])),
        OperationValue.Whole("GatherOperations.PutColumns(Variable, Int32[], Int32)", x => x.PutColumns([.. Enumerable.Range(0, x.Columns).Select(j => 2 - (j % 2))], 3), x => new(x.RowCount, 3), (x, i, j) => Total(x.ColumnCount, k => 2 - (k % 2) == j, k => x[i, k])),
        OperationValue.Whole("GatherOperations.Put(Variable, Int32[], Shape)", x => x.Put([.. Enumerable.Range(0, x.Shape.Count).Select(i => i % 6)], new(2, 3)), _ => new(2, 3), (x, i, j) => Total(x.RowCount * x.ColumnCount, k => k % 6 == i + (2 * j), k => x[k % x.RowCount, k / x.RowCount])),
        OperationValue.Whole("GatherOperations.Reshape(Variable, Int32, Int32)", x => x.Reshape(x.Columns, x.Rows), x => new(x.ColumnCount, x.RowCount), (x, i, j) => FlatColumns(x, i + (j * x.ColumnCount))),
        OperationValue.Whole("GatherOperations.ReshapeRows(Variable, Int32, Int32)", x => x.ReshapeRows(x.Columns, x.Rows), x => new(x.ColumnCount, x.RowCount), (x, i, j) => FlatRows(x, (i * x.RowCount) + j)),
        OperationValue.Whole("GatherOperations.Diagonal(Variable)", x => x.Diagonal(), x => new(Math.Min(x.RowCount, x.ColumnCount), 1), (x, i, _) => x[i, i]),
        new("GatherOperations.ToDiagonal(Variable)", random => [new(1 + random.NextInt(5), 1)], false, x => x[0].ToDiagonal(), x => new(x[0].RowCount, x[0].RowCount), (x, i, j) => i == j ? x[0][i, 0] : 0),
        OperationValue.Whole("GatherOperations.Trace(Variable)", x => x.Trace(), _ => Shape.Scalar, (x, _, _) => Total(Math.Min(x.RowCount, x.ColumnCount), _ => true, k => x[k, k])),
        OperationValue.Whole("GatherOperations.FlipRows(Variable)", x => x.FlipRows(), OperationValue.ShapeOf0, (x, i, j) => x[x.RowCount - 1 - i, j]),
        OperationValue.Whole("GatherOperations.FlipColumns(Variable)", x => x.FlipColumns(), OperationValue.ShapeOf0, (x, i, j) => x[i, x.ColumnCount - 1 - j]),
        OperationValue.Whole("GatherOperations.RollRows(Variable, Int32)", x => x.RollRows(2), OperationValue.ShapeOf0, (x, i, j) => x[(i - 2 + (2 * x.RowCount)) % x.RowCount, j]),
        OperationValue.Whole("GatherOperations.RollRows(Variable, Int32)", x => x.RollRows(-1), OperationValue.ShapeOf0, (x, i, j) => x[(i + 1) % x.RowCount, j]),
        OperationValue.Whole("GatherOperations.RollColumns(Variable, Int32)", x => x.RollColumns(-7), OperationValue.ShapeOf0, (x, i, j) => x[i, (j + 7) % x.ColumnCount]),
        OperationValue.Whole("GatherOperations.StrideRows(Variable, Int32, Int32)", x => x.StrideRows(x.Rows / 2, 2), x => new((x.RowCount - (x.RowCount / 2) + 1) / 2, x.ColumnCount), (x, i, j) => x[(x.RowCount / 2) + (2 * i), j]),
        OperationValue.Whole("GatherOperations.StrideColumns(Variable, Int32, Int32)", x => x.StrideColumns(0, 3), x => new(x.RowCount, (x.ColumnCount + 2) / 3), (x, i, j) => x[i, 3 * j]),
        OperationValue.Whole("GatherOperations.Tile(Variable, Int32, Int32)", x => x.Tile(2, 3), x => new(2 * x.RowCount, 3 * x.ColumnCount), (x, i, j) => x[i % x.RowCount, j % x.ColumnCount]),
        OperationValue.Whole("GatherOperations.RepeatEach(Variable, Int32, Int32)", x => x.RepeatEach(2, 3), x => new(2 * x.RowCount, 3 * x.ColumnCount), (x, i, j) => x[i / 2, j / 3]),
        OperationValue.Of("SelectionOperations.GreaterThan(Variable, Variable)", (a, b) => a.GreaterThan(b), (a, b) => a > b ? 1 : 0),
        OperationValue.Of("SelectionOperations.LessThan(Variable, Variable)", (a, b) => a.LessThan(b), (a, b) => a < b ? 1 : 0),
        OperationValue.Of("SelectionOperations.EqualTo(Variable, Variable)", (a, b) => a.Sign().EqualTo(b.Sign()), (a, b) => Math.Sign(a) == Math.Sign(b) ? 1 : 0),
        OperationValue.Of("SelectionOperations.Where(Variable, Variable, Variable)", (a, b) => SelectionOperations.Where(a.GreaterThan(b), a, 10 * b), (a, b) => a > b ? a : 10 * b),
        OperationValue.Whole("SelectionOperations.Max(Variable)", x => x.Max(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Max()),
        OperationValue.Whole("SelectionOperations.MaxOverRows(Variable)", x => x.MaxOverRows(), x => new(1, x.ColumnCount), (x, _, j) => x.Column(j).Max()),
        OperationValue.Whole("SelectionOperations.MaxOverColumns(Variable)", x => x.MaxOverColumns(), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Max()),
        OperationValue.Whole("SelectionOperations.Min(Variable)", x => x.Min(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Min()),
        OperationValue.Whole("SelectionOperations.MinOverRows(Variable)", x => x.MinOverRows(), x => new(1, x.ColumnCount), (x, _, j) => x.Column(j).Min()),
        OperationValue.Whole("SelectionOperations.MinOverColumns(Variable)", x => x.MinOverColumns(), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Min()),
        OperationValue.Whole("SelectionOperations.AMax(Variable)", x => x.AMax(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Max()),
        OperationValue.Whole("SelectionOperations.AMaxOverRows(Variable)", x => x.AMaxOverRows(), x => new(1, x.ColumnCount), (x, _, j) => x.Column(j).Max()),
        OperationValue.Whole("SelectionOperations.AMaxOverColumns(Variable)", x => x.AMaxOverColumns(), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Max()),
        OperationValue.Whole("SelectionOperations.AMin(Variable)", x => x.AMin(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Min()),
        OperationValue.Of("JumpOperations.Sign(Variable)", x => x.Sign(), z => Math.Sign(z)),
        OperationValue.Of("JumpOperations.Floor(Variable)", x => (3 * x).Floor(), z => Math.Floor(3 * z)),
        OperationValue.Of("JumpOperations.Round(Variable)", x => (3 * x).Round(), z => Math.Round(3 * z, MidpointRounding.ToEven)),
        OperationValue.Whole("ReductionOperations.CumulativeSumOverRows(Variable)", x => x.CumulativeSumOverRows(), OperationValue.ShapeOf0, (x, i, j) => Total(i + 1, _ => true, k => x[k, j])),
        OperationValue.Whole("ReductionOperations.CumulativeSumOverColumns(Variable)", x => x.CumulativeSumOverColumns(), OperationValue.ShapeOf0, (x, i, j) => Total(j + 1, _ => true, k => x[i, k])),
    ];

    private static double Total(int count, Func<int, bool> counts, Func<int, double> value) => Enumerable.Range(0, count).Where(counts).Sum(value);

    private static double FlatColumns(Matrix<double> x, int place) => x[place % x.RowCount, place / x.RowCount];

    private static double FlatRows(Matrix<double> x, int place) => x[place / x.ColumnCount, place % x.ColumnCount];
}
