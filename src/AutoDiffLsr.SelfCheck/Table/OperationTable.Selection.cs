using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Table;

/// <content>Entries by their places, choices between entries, and functions that jump.</content>
internal static partial class OperationTable
{
    private static IEnumerable<OperationLine> Gathered() =>
    [
        WithPlaces("take-rows", "GatherOperations.TakeRows(Variable, Int32[])", "TakeRows", shape => shape.Rows, (x, places) => x.TakeRows(places), (x, places) => x.TakeRows(places)),
        WithPlaces("take-columns", "GatherOperations.TakeColumns(Variable, Int32[])", "TakeColumns", shape => shape.Columns, (x, places) => x.TakeColumns(places), (x, places) => x.TakeColumns(places)),
        Line.Of("take", "GatherOperations.Take(Variable, Int32[], Shape)", Shapes.One, [Domain.Real], shapes => Flat(
            shapes[0].Count, 4, places => $"{{0}}.Take({places}, new Shape(2, 2))", places => (x => x.Take(places, new Shape(2, 2)), x => x.Take(places, new Shape(2, 2))))),
        Line.Of("put-rows", "GatherOperations.PutRows(Variable, Int32[], Int32)", Shapes.One, [Domain.Real], shapes => Flat(
            4, shapes[0].Rows, places => $"{{0}}.PutRows({places}, 4)", places => (x => x.PutRows(places, 4), x => x.PutRows(places, 4)))),
        Line.Of("put-columns", "GatherOperations.PutColumns(Variable, Int32[], Int32)", Shapes.One, [Domain.Real], shapes => Flat(
            4, shapes[0].Columns, places => $"{{0}}.PutColumns({places}, 4)", places => (x => x.PutColumns(places, 4), x => x.PutColumns(places, 4)))),
        Line.Of("put", "GatherOperations.Put(Variable, Int32[], Shape)", Shapes.One, [Domain.Real], shapes => Flat(
            6, shapes[0].Count, places => $"{{0}}.Put({places}, new Shape(2, 3))", places => (x => x.Put(places, new Shape(2, 3)), x => x.Put(places, new Shape(2, 3))))),
        Line.Unary("reshape", "GatherOperations.Reshape(Variable, Int32, Int32)", "{0}.Reshape({0}.Columns, {0}.Rows)", x => x.Reshape(x.Columns, x.Rows), x => x.Reshape(x.Columns, x.Rows), Domain.Real),
        Line.Unary("reshape-rows", "GatherOperations.ReshapeRows(Variable, Int32, Int32)", "{0}.ReshapeRows({0}.Columns, {0}.Rows)", x => x.ReshapeRows(x.Columns, x.Rows), x => x.ReshapeRows(x.Columns, x.Rows), Domain.Real),
        Line.Unary("diagonal", "GatherOperations.Diagonal(Variable)", "{0}.Diagonal()", x => x.Diagonal(), x => x.Diagonal(), Domain.Real),
        Line.Of("to-diagonal", "GatherOperations.ToDiagonal(Variable)", Shapes.Side.Select(rows => new[] { new Shape(rows, 1) }), [Domain.Real], shapes => shapes[0].Columns != 1 ? null : Gen.Constant(
            FunctionUse.Unary("{0}.ToDiagonal()", x => x.ToDiagonal(), x => x.ToDiagonal()))),
        Line.Unary("trace", "GatherOperations.Trace(Variable)", "{0}.Trace()", x => x.Trace(), x => x.Trace(), Domain.Real),
        Line.Unary("flip-rows", "GatherOperations.FlipRows(Variable)", "{0}.FlipRows()", x => x.FlipRows(), x => x.FlipRows(), Domain.Real),
        Line.Unary("flip-columns", "GatherOperations.FlipColumns(Variable)", "{0}.FlipColumns()", x => x.FlipColumns(), x => x.FlipColumns(), Domain.Real),
        Line.WithNumber("roll-rows", "GatherOperations.RollRows(Variable, Int32)", "{0}.RollRows({c})", (x, by) => x.RollRows((int)by), (x, by) => x.RollRows((int)by), Domain.Real, -7, -1, 0, 1, 5),
        Line.WithNumber("roll-columns", "GatherOperations.RollColumns(Variable, Int32)", "{0}.RollColumns({c})", (x, by) => x.RollColumns((int)by), (x, by) => x.RollColumns((int)by), Domain.Real, -7, -1, 0, 1, 5),
        Line.WithNumber("stride-rows", "GatherOperations.StrideRows(Variable, Int32, Int32)", "{0}.StrideRows(0, {c})", (x, step) => x.StrideRows(0, (int)step), (x, step) => x.StrideRows(0, (int)step), Domain.Real, 1, 2, 3),
        Line.WithNumber("stride-columns", "GatherOperations.StrideColumns(Variable, Int32, Int32)", "{0}.StrideColumns(0, {c})", (x, step) => x.StrideColumns(0, (int)step), (x, step) => x.StrideColumns(0, (int)step), Domain.Real, 1, 2, 3),
        Line.WithNumber("tile", "GatherOperations.Tile(Variable, Int32, Int32)", "{0}.Tile({c}, 2)", (x, rows) => x.Tile((int)rows, 2), (x, rows) => x.Tile((int)rows, 2), Domain.Real, 1, 2, 3),
        Line.WithNumber("repeat-each", "GatherOperations.RepeatEach(Variable, Int32, Int32)", "{0}.RepeatEach({c}, 2)", (x, rows) => x.RepeatEach((int)rows, 2), (x, rows) => x.RepeatEach((int)rows, 2), Domain.Real, 1, 2, 3),
    ];

    private static IEnumerable<OperationLine> Selected() =>
    [
        Line.Of("where", "SelectionOperations.Where(Variable, Variable, Variable)", Shapes.Equal(3), [Domain.AwayFromZero, Domain.Real, Domain.Real], shapes => shapes.Distinct().Count() > 1 ? null : Gen.Constant(new FunctionUse(
            "SelectionOperations.Where({0}.GreaterThan(0 * {1}), {1}, {2}) + 0 * {0}",
            (_, x) => SelectionOperations.Where(x[0].GreaterThan(0 * x[1]), x[1], x[2]) + (0 * x[0]),
            (_, x) => SelectionOperations.Where(x[0].GreaterThan(0 * x[1]), x[1], x[2]) + (0 * x[0])))),
        Line.Binary("greater-than", "SelectionOperations.GreaterThan(Variable, Variable)", "({0} * {0}.GreaterThan({1} + 0.3) + 0 * {1})", (a, b) => (a * a.GreaterThan(b + 0.3)) + (0 * b), (a, b) => (a * a.GreaterThan(b + 0.3)) + (0 * b), Domain.Real, Domain.Real),
        Line.Binary("less-than", "SelectionOperations.LessThan(Variable, Variable)", "({0} * {0}.LessThan({1} + 0.3) + 0 * {1})", (a, b) => (a * a.LessThan(b + 0.3)) + (0 * b), (a, b) => (a * a.LessThan(b + 0.3)) + (0 * b), Domain.Real, Domain.Real),
        Line.Binary("equal-to", "SelectionOperations.EqualTo(Variable, Variable)", "({0} * {0}.EqualTo({1} + 0.3) + 0 * {1})", (a, b) => (a * a.EqualTo(b + 0.3)) + (0 * b), (a, b) => (a * a.EqualTo(b + 0.3)) + (0 * b), Domain.Real, Domain.Real),
        Line.Unary("max", "SelectionOperations.Max(Variable)", "{0}.Max()", x => x.Max(), x => x.Max(), Domain.Real),
        Line.Unary("max-over-rows", "SelectionOperations.MaxOverRows(Variable)", "{0}.MaxOverRows()", x => x.MaxOverRows(), x => x.MaxOverRows(), Domain.Real),
        Line.Unary("max-over-columns", "SelectionOperations.MaxOverColumns(Variable)", "{0}.MaxOverColumns()", x => x.MaxOverColumns(), x => x.MaxOverColumns(), Domain.Real),
        Line.Unary("min", "SelectionOperations.Min(Variable)", "{0}.Min()", x => x.Min(), x => x.Min(), Domain.Real),
        Line.Unary("min-over-rows", "SelectionOperations.MinOverRows(Variable)", "{0}.MinOverRows()", x => x.MinOverRows(), x => x.MinOverRows(), Domain.Real),
        Line.Unary("min-over-columns", "SelectionOperations.MinOverColumns(Variable)", "{0}.MinOverColumns()", x => x.MinOverColumns(), x => x.MinOverColumns(), Domain.Real),
        Line.Unary("amax", "SelectionOperations.AMax(Variable)", "{0}.AMax()", x => x.AMax(), x => x.AMax(), Domain.Real),
        Line.Unary("amax-over-rows", "SelectionOperations.AMaxOverRows(Variable)", "{0}.AMaxOverRows()", x => x.AMaxOverRows(), x => x.AMaxOverRows(), Domain.Real),
        Line.Unary("amax-over-columns", "SelectionOperations.AMaxOverColumns(Variable)", "{0}.AMaxOverColumns()", x => x.AMaxOverColumns(), x => x.AMaxOverColumns(), Domain.Real),
        Line.Unary("amin", "SelectionOperations.AMin(Variable)", "{0}.AMin()", x => x.AMin(), x => x.AMin(), Domain.Real),
        Line.Unary("sign", "JumpOperations.Sign(Variable)", "({0} * ({0} + 0.3).Sign())", x => x * (x + 0.3).Sign(), x => x * (x + 0.3).Sign(), Domain.Real),
        Line.Unary("floor", "JumpOperations.Floor(Variable)", "({0} * ({0} + 0.3).Floor())", x => x * (x + 0.3).Floor(), x => x * (x + 0.3).Floor(), Domain.Real),
        Line.Unary("round", "JumpOperations.Round(Variable)", "({0} * ({0} + 0.3).Round())", x => x * (x + 0.3).Round(), x => x * (x + 0.3).Round(), Domain.Real),
    ];

    private static IEnumerable<OperationLine> Transcended() =>
    [
        Line.Unary("sin", "TranscendentalOperations.Sin(Variable)", "{0}.Sin()", x => x.Sin(), x => x.Sin(), Domain.Real),
        Line.Unary("cos", "TranscendentalOperations.Cos(Variable)", "{0}.Cos()", x => x.Cos(), x => x.Cos(), Domain.Real),
        Line.Unary("tan", "TranscendentalOperations.Tan(Variable)", "{0}.Tan()", x => x.Tan(), x => x.Tan(), Domain.InsideOne),
        Line.Unary("asin", "TranscendentalOperations.Asin(Variable)", "{0}.Asin()", x => x.Asin(), x => x.Asin(), Domain.Probability),
        Line.Unary("acos", "TranscendentalOperations.Acos(Variable)", "{0}.Acos()", x => x.Acos(), x => x.Acos(), Domain.Probability),
        Line.Unary("atan", "TranscendentalOperations.Atan(Variable)", "{0}.Atan()", x => x.Atan(), x => x.Atan(), Domain.Real),
        Line.Unary("sinh", "TranscendentalOperations.Sinh(Variable)", "{0}.Sinh()", x => x.Sinh(), x => x.Sinh(), Domain.Moderate),
        Line.Unary("cosh", "TranscendentalOperations.Cosh(Variable)", "{0}.Cosh()", x => x.Cosh(), x => x.Cosh(), Domain.Moderate),
        Line.Unary("expm1", "TranscendentalOperations.Expm1(Variable)", "{0}.Expm1()", x => x.Expm1(), x => x.Expm1(), Domain.Moderate),
        Line.Unary("erf", "TranscendentalOperations.Erf(Variable)", "{0}.Erf()", x => x.Erf(), x => x.Erf(), Domain.Real),
        Line.Binary("power-of-two", "TranscendentalOperations.Power(Variable, Variable)", "{0}.Power({1})", (x, p) => x.Power(p), (x, p) => x.Power(p), Domain.Positive, Domain.InsideOne),
        Line.Binary("atan2", "TranscendentalOperations.Atan2(Variable, Variable)", "{0}.Atan2({1})", (a, b) => a.Atan2(b), (a, b) => a.Atan2(b), Domain.Real, Domain.Positive),
        Line.Binary("hypot", "TranscendentalOperations.Hypot(Variable, Variable)", "{0}.Hypot({1})", (a, b) => a.Hypot(b), (a, b) => a.Hypot(b), Domain.Real, Domain.AwayFromZero),
        Line.Binary("log-add-exp", "TranscendentalOperations.LogAddExp(Variable, Variable)", "{0}.LogAddExp({1})", (a, b) => a.LogAddExp(b), (a, b) => a.LogAddExp(b), Domain.Real, Domain.Real),
        Line.Unary("silu", "ActivationOperations.Silu(Variable)", "{0}.Silu()", x => x.Silu(), x => x.Silu(), Domain.Real),
        Line.WithNumber("elu", "ActivationOperations.Elu(Variable, Double)", "{0}.Elu({c})", (x, alpha) => x.Elu(alpha), (x, alpha) => x.Elu(alpha), Domain.Real, 1, 0.5, 2),
        Line.Unary("hard-swish", "ActivationOperations.HardSwish(Variable)", "{0}.HardSwish()", x => x.HardSwish(), x => x.HardSwish(), Domain.Real),
        Line.Unary("mish", "ActivationOperations.Mish(Variable)", "{0}.Mish()", x => x.Mish(), x => x.Mish(), Domain.Real),
        Line.Unary("variance", "ReductionOperations.Variance(Variable, Boolean)", "{0}.Variance()", x => x.Variance(), x => x.Variance(), Domain.Real),
        Line.Unary("variance-over-rows", "ReductionOperations.VarianceOverRows(Variable, Boolean)", "{0}.VarianceOverRows()", x => x.VarianceOverRows(), x => x.VarianceOverRows(), Domain.Real),
        Line.Unary("variance-over-columns", "ReductionOperations.VarianceOverColumns(Variable, Boolean)", "{0}.VarianceOverColumns()", x => x.VarianceOverColumns(), x => x.VarianceOverColumns(), Domain.Real),
        Line.Unary("norm", "ReductionOperations.Norm(Variable)", "{0}.Norm()", x => x.Norm(), x => x.Norm(), Domain.AwayFromZero),
        Line.Unary("norm-over-rows", "ReductionOperations.NormOverRows(Variable)", "{0}.NormOverRows()", x => x.NormOverRows(), x => x.NormOverRows(), Domain.AwayFromZero),
        Line.Unary("norm-over-columns", "ReductionOperations.NormOverColumns(Variable)", "{0}.NormOverColumns()", x => x.NormOverColumns(), x => x.NormOverColumns(), Domain.AwayFromZero),
        Line.Unary("cumulative-sum-over-rows", "ReductionOperations.CumulativeSumOverRows(Variable)", "{0}.CumulativeSumOverRows()", x => x.CumulativeSumOverRows(), x => x.CumulativeSumOverRows(), Domain.Real),
        Line.Unary("cumulative-sum-over-columns", "ReductionOperations.CumulativeSumOverColumns(Variable)", "{0}.CumulativeSumOverColumns()", x => x.CumulativeSumOverColumns(), x => x.CumulativeSumOverColumns(), Domain.Real),
    ];

    /// <summary>Matrices are made well-conditioned on the way: a dominant diagonal, or eigenvalues that are apart.</summary>
    private static IEnumerable<OperationLine> Factored() =>
    [
        Line.Of("dot", "MatrixOperations.Dot(Variable, Variable)", Shapes.Equal(2), [Domain.Real, Domain.Real], shapes => shapes[0] != shapes[1] ? null : Gen.Constant(FunctionUse.Binary("{0}.Dot({1})", (a, b) => a.Dot(b), (a, b) => a.Dot(b)))),
        Line.Of("outer", "MatrixOperations.Outer(Variable, Variable)", Shapes.Equal(2), [Domain.Real, Domain.Real], _ => Gen.Constant(FunctionUse.Binary("{0}.Outer({1})", (a, b) => a.Outer(b), (a, b) => a.Outer(b)))),
        Line.Of("solve", "LinearAlgebraOperations.Solve(Variable, Variable, Boolean)", SquareAnd, [Domain.Real, Domain.Real], shapes => shapes[0].Rows != shapes[0].Columns || shapes[1].Rows != shapes[0].Rows ? null :
            Gen.Elements(false, true).Select(transpose => FunctionUse.Binary(
                $"Dominant({{0}}).Solve({{1}}, transposeA: {(transpose ? "true" : "false")})", (a, b) => Dominant(a).Solve(b, transpose), (a, b) => Dominant(a).Solve(b, transpose)))),
        OfSquare("inverse", "LinearAlgebraOperations.Inverse(Variable)", "Dominant({0}).Inverse()", a => Dominant(a).Inverse(), a => Dominant(a).Inverse()),
        OfSquare("determinant", "LinearAlgebraOperations.Determinant(Variable)", "(Dominant({0}) / 24).Determinant()", a => (Dominant(a) / 24).Determinant(), a => (Dominant(a) / 24).Determinant()),
        OfSquare("log-determinant", "LinearAlgebraOperations.LogDeterminant(Variable)", "Dominant({0}).LogDeterminant()", a => Dominant(a).LogDeterminant(), a => Dominant(a).LogDeterminant()),
        OfSquare("cholesky", "LinearAlgebraOperations.Cholesky(Variable)", "Dominant({0}).Cholesky()", a => Dominant(a).Cholesky(), a => Dominant(a).Cholesky()),
        OfSquare("symmetric-eigenvalues", "LinearAlgebraOperations.SymmetricEigenvalues(Variable)", "Apart({0}).SymmetricEigenvalues()", a => Apart(a).SymmetricEigenvalues(), a => Apart(a).SymmetricEigenvalues()),
        OfSquare("symmetric-eigenvectors", "LinearAlgebraOperations.SymmetricEigenvectors(Variable)", "Apart({0}).SymmetricEigenvectors()", a => Apart(a).SymmetricEigenvectors(), a => Apart(a).SymmetricEigenvectors()),
        Line.Of("qr", "LinearAlgebraOperations.Qr(Variable)", Tall, [Domain.Real], shapes => shapes[0].Rows < shapes[0].Columns ? null : Gen.Constant(FunctionUse.Unary(
            "Q + R of Dominant({0}).Qr()", a => OfFactors(Dominant(a).Qr()), a => OfFactors(Dominant(a).Qr())))),
    ];

    private static Gen<Shape[]> SquareAnd => Gen.Choose(1, 4).Zip(Shapes.Side, (n, columns) => new[] { new Shape(n, n), new Shape(n, columns) });

    private static Gen<Shape[]> Tall => Gen.Choose(1, 4).Zip(Gen.Choose(0, 2), (columns, more) => new[] { new Shape(columns + more, columns) });

    private static OperationLine OfSquare(string name, string covers, string format, Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>> single) =>
        Line.Of(name, covers, Gen.Choose(1, 4).Select(n => new[] { new Shape(n, n) }), [Domain.Real], shapes => shapes[0].Rows != shapes[0].Columns ? null : Gen.Constant(FunctionUse.Unary(format, compute, single)));

    private static Variable<T> Dominant<T>(Variable<T> a)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => a + a.Tape.Constant(Matrix<T>.Build.Dense(a.Rows, a.Columns, (i, j) => i == j ? T.CreateChecked(24) : T.Zero));

    /// <summary>Eigenvalues near 0, 40, 80, ...: entries of at most 4 in a matrix of at most 4 x 4 move each by less than 16.</summary>
    private static Variable<T> Apart<T>(Variable<T> a)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => a + a.Tape.Constant(Matrix<T>.Build.Dense(a.Rows, a.Columns, (i, j) => i == j ? T.CreateChecked(40 * i) : T.Zero));

    private static Variable<T> OfFactors<T>((Variable<T> Q, Variable<T> R) factors)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => BlockOperations.ConcatenateRows(factors.Q, factors.R);

    private static OperationLine WithPlaces(
        string name,
        string covers,
        string method,
        Func<Shape, int> length,
        Func<Variable<double>, int[], Variable<double>> compute,
        Func<Variable<float>, int[], Variable<float>> single) =>
        Line.Of(name, covers, Shapes.One, [Domain.Real], shapes =>
            from count in Gen.Choose(1, 6)
            from places in Gen.Choose(0, length(shapes[0]) - 1).ArrayOf(count)
            select FunctionUse.Unary($"{{0}}.{method}({Listed(places)})", x => compute(x, places), x => single(x, places)) with { AfterDrop = (_, _) => null });

    private static Gen<FunctionUse> Flat(
        int length, int count, Func<string, string> format, Func<int[], (Func<Variable<double>, Variable<double>> Compute, Func<Variable<float>, Variable<float>> Single)> make) =>
        from places in Gen.Choose(0, length - 1).ArrayOf(count)
        let made = make(places)
        select FunctionUse.Unary(format(Listed(places)), made.Compute, made.Single) with { AfterDrop = (_, _) => null };

    private static string Listed(int[] places) => $"[{string.Join(", ", places)}]";
}
