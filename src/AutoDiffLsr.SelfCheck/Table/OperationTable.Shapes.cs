using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Table;

/// <content>Operations whose arguments depend on the shapes of their inputs.</content>
internal static partial class OperationTable
{
    private static IEnumerable<OperationLine> Shaping() =>
    [
        Line.Of("matmul", "MatrixOperations.MatMul(Variable, Variable, Boolean, Boolean)", Shapes.Product, [Domain.Real, Domain.Real], Product),
        Line.Of("matmul-matrix", "MatrixOperations.MatMul(Variable, Matrix)", Shapes.One, [Domain.Real], _ => Gen.Constant(FunctionUse.Unary(
            "{0}.MatMul(Matrix<T>.Build.Dense({0}.Columns, 2, (i, j) => i - j + 0.5))",
            x => x.MatMul(Matrix<double>.Build.Dense(x.Columns, 2, (i, j) => i - j + 0.5)),
            x => x.MatMul(Matrix<float>.Build.Dense(x.Columns, 2, (i, j) => i - j + 0.5f))))),
        Line.Unary("transpose", "MatrixOperations.Transpose(Variable)", "{0}.Transpose()", MatrixOperations.Transpose, MatrixOperations.Transpose, Domain.Real),
        Line.Unary("sum", "ReductionOperations.Sum(Variable)", "{0}.Sum()", ReductionOperations.Sum, ReductionOperations.Sum, Domain.Real),
        Line.Unary("sum-over-rows", "ReductionOperations.SumOverRows(Variable)", "{0}.SumOverRows()", ReductionOperations.SumOverRows, ReductionOperations.SumOverRows, Domain.Real),
        Line.Unary("sum-over-columns", "ReductionOperations.SumOverColumns(Variable)", "{0}.SumOverColumns()", ReductionOperations.SumOverColumns, ReductionOperations.SumOverColumns, Domain.Real),
        Line.Unary("mean", "ReductionOperations.Mean(Variable)", "{0}.Mean()", ReductionOperations.Mean, ReductionOperations.Mean, Domain.Real),
        Line.Unary("mean-over-rows", "ReductionOperations.MeanOverRows(Variable)", "{0}.MeanOverRows()", ReductionOperations.MeanOverRows, ReductionOperations.MeanOverRows, Domain.Real),
        Line.Unary("mean-over-columns", "ReductionOperations.MeanOverColumns(Variable)", "{0}.MeanOverColumns()", ReductionOperations.MeanOverColumns, ReductionOperations.MeanOverColumns, Domain.Real),
        Line.Of("broadcast-to", "ReductionOperations.BroadcastTo(Variable, Shape)", Shapes.One, [Domain.Real], Broadcast),
        Line.Of("slice-rows", "BlockOperations.SliceRows(Variable, Int32, Int32)", Shapes.One, [Domain.Real], shapes => Slice("SliceRows", shapes[0].Rows, BlockOperations.SliceRows, BlockOperations.SliceRows)),
        Line.Of("slice-columns", "BlockOperations.SliceColumns(Variable, Int32, Int32)", Shapes.One, [Domain.Real], shapes => Slice("SliceColumns", shapes[0].Columns, BlockOperations.SliceColumns, BlockOperations.SliceColumns)),
        Line.Of("concatenate-rows", "BlockOperations.ConcatenateRows(ReadOnlySpan)", Shapes.EqualColumns(2), [Domain.Real, Domain.Real], shapes => shapes[0].Columns != shapes[1].Columns ? null : Concatenation(
            "BlockOperations.ConcatenateRows({0}, {1})", (_, x) => BlockOperations.ConcatenateRows(x[0], x[1]), (_, x) => BlockOperations.ConcatenateRows(x[0], x[1]))),
        Line.Of("concatenate-columns", "BlockOperations.ConcatenateColumns(ReadOnlySpan)", Shapes.EqualRows(3), [Domain.Real, Domain.Real, Domain.Real], shapes => shapes.Any(shape => shape.Rows != shapes[0].Rows) ? null : Concatenation(
            "BlockOperations.ConcatenateColumns({0}, {1}, {2})", (_, x) => BlockOperations.ConcatenateColumns(x[0], x[1], x[2]), (_, x) => BlockOperations.ConcatenateColumns(x[0], x[1], x[2]))),
        Line.Of("dropout", "DropoutOperations.Dropout(Variable, Double, RandomSource)", Shapes.One, [Domain.Real], _ => Dropout()),
    ];

    private static IEnumerable<OperationLine> Labelled() =>
    [
        WithLabels("gather-by-label", "LabelOperations.GatherByLabel(Variable, Int32[])", "{0}.GatherByLabel({labels})", labels => (x => x.GatherByLabel(labels), x => x.GatherByLabel(labels))),
        WithLabels("log-sum-exp-of-others", "LabelOperations.LogSumExpOfOthers(Variable, Int32[])", "{0}.LogSumExpOfOthers({labels})", labels => (x => x.LogSumExpOfOthers(labels), x => x.LogSumExpOfOthers(labels))),
        WithLabels("softmax-of-others", "LabelOperations.SoftmaxOfOthers(Variable, Int32[])", "{0}.SoftmaxOfOthers({labels})", labels => (x => x.SoftmaxOfOthers(labels), x => x.SoftmaxOfOthers(labels))),
        Line.Of("scatter-by-label", "LabelOperations.ScatterByLabel(Variable, Int32[], Int32)", Shapes.Side.Select(rows => new[] { new Shape(rows, 1) }), [Domain.Real], shapes => shapes[0].Columns != 1 ? null :
            from columns in Gen.Choose(1, 4)
            from labels in Generators.Labels(shapes[0].Rows, columns, ignored: -1)
            select ByLabel(labels, $"{{0}}.ScatterByLabel({{labels}}, {columns})", kept => (x => x.ScatterByLabel(kept, columns), x => x.ScatterByLabel(kept, columns)))),
    ];

    private static Gen<FunctionUse>? Product(Shape[] shapes)
    {
        FunctionUse[] fitting =
        [
            .. from a in new[] { false, true }
               from b in new[] { false, true }
               where (a ? shapes[0].Rows : shapes[0].Columns) == (b ? shapes[1].Columns : shapes[1].Rows)
               select FunctionUse.Binary($"{{0}}.MatMul({{1}}{(a ? ", transposeA: true" : "")}{(b ? ", transposeB: true" : "")})", (x, y) => x.MatMul(y, a, b), (x, y) => x.MatMul(y, a, b)),
        ];
        return fitting.Length == 0 ? null : Gen.Elements(fitting);
    }

    private static Gen<FunctionUse> Broadcast(Shape[] shapes) =>
        from rows in shapes[0].Rows == 1 ? Shapes.Side : Gen.Constant(shapes[0].Rows)
        from columns in shapes[0].Columns == 1 ? Shapes.Side : Gen.Constant(shapes[0].Columns)
        let target = new Shape(rows, columns)
        select FunctionUse.Unary($"{{0}}.BroadcastTo(new Shape({rows}, {columns}))", x => x.BroadcastTo(target), x => x.BroadcastTo(target));

    private static Gen<FunctionUse> Slice(
        string name, int length, Func<Variable<double>, int, int, Variable<double>> compute, Func<Variable<float>, int, int, Variable<float>> single) =>
        from start in Gen.Choose(0, length - 1)
        from count in Gen.Choose(1, length - start)
        select FunctionUse.Unary($"{{0}}.{name}({start}, {count})", x => compute(x, start, count), x => single(x, start, count));

    private static Gen<FunctionUse> Concatenation(string format, TapeFunction<double> compute, TapeFunction<float> single) =>
        Gen.Constant(new FunctionUse(format, compute, single));

    private static Gen<FunctionUse> Dropout() =>
        from rate in Gen.Elements(0, 0.25, 0.5, 0.9)
        from seed in Gen.Choose(0, 1000)
        select FunctionUse.Unary(
            FormattableString.Invariant($"{{0}}.Dropout({rate}, new RandomSource({seed}))"),
            x => x.Dropout(rate, new RandomSource(seed)),
            x => x.Dropout(rate, new RandomSource(seed)));

    private static OperationLine WithLabels(
        string name, string covers, string format, Func<int[], (Func<Variable<double>, Variable<double>> Compute, Func<Variable<float>, Variable<float>> Single)> make) =>
        Line.Of(name, covers, Shapes.Logits, [Domain.Real], shapes => shapes[0].Columns < 2 ? null :
            Generators.Labels(shapes[0].Rows, shapes[0].Columns, ignored: -1).Select(labels => ByLabel(labels, format, make)));

    private static FunctionUse ByLabel(
        int[] labels, string format, Func<int[], (Func<Variable<double>, Variable<double>> Compute, Func<Variable<float>, Variable<float>> Single)> make)
    {
        (Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>> single) = make(labels);
        return FunctionUse.Unary(format.Replace("{labels}", $"[{string.Join(", ", labels)}]", StringComparison.Ordinal), compute, single) with
        {
            AfterDrop = (length, index) => labels.Length != length ? ByLabel(labels, format, make) : ByLabel([.. labels.Where((_, row) => row != index)], format, make),
        };
    }
}
