using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.SelfCheck.Table;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>
/// The value of every operation against its definition. A gradient check holds a gradient against the operation's own values, so it would not see that a
/// mean is a sum.
/// </summary>
public sealed class OperationValueTests
{
    private const int Cases = 30;

    private static readonly OperationValue[] Table =
    [
        .. SelectionValues.Table,
        .. TranscendentalValues.Table,
        .. LinearAlgebraValues.Table,
        OperationValue.Of("ActivationOperations.Tanh(Variable)", x => x.Tanh(), Math.Tanh),
        OperationValue.Of("ActivationOperations.Sigmoid(Variable)", x => x.Sigmoid(), z => 1 / (1 + Math.Exp(-z))),
        OperationValue.Of("ActivationOperations.Softplus(Variable)", x => x.Softplus(), z => Math.Log(1 + Math.Exp(z))),
        OperationValue.Of("ActivationOperations.Gelu(Variable)", x => x.Gelu(), z => z * NormalCdf(z)),
        OperationValue.Of("ActivationOperations.NormalDistribution(Variable)", x => x.NormalDistribution(), NormalCdf),
        OperationValue.Of("ActivationOperations.NormalDensity(Variable)", x => x.NormalDensity(), z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)),
        OperationValue.Of("ElementaryOperations.Exp(Variable)", x => x.Exp(), Math.Exp),
        OperationValue.Of("ElementaryOperations.Log(Variable)", x => x.Log(), Math.Log, positive: true),
        OperationValue.Of("ElementaryOperations.Log1p(Variable)", x => x.Log1p(), z => Math.Log(1 + z), positive: true),
        OperationValue.Of("ElementaryOperations.Sqrt(Variable)", x => x.Sqrt(), Math.Sqrt, positive: true),
        OperationValue.Of("Variable.op_Addition(Variable, Variable)", (a, b) => a + b, (a, b) => a + b),
        OperationValue.Of("Variable.op_Subtraction(Variable, Variable)", (a, b) => a - b, (a, b) => a - b),
        OperationValue.Of("Variable.op_Multiply(Variable, Variable)", (a, b) => a * b, (a, b) => a * b),
        OperationValue.Of("Variable.op_Division(Variable, Variable)", (a, b) => a / b, (a, b) => a / b),
        OperationValue.Of("Variable.op_UnaryNegation(Variable)", x => -x, z => -z),
        OperationValue.Of("Variable.op_Addition(Variable, Double)", x => x + 2.5, z => z + 2.5),
        OperationValue.Of("Variable.op_Addition(Double, Variable)", x => 2.5 + x, z => 2.5 + z),
        OperationValue.Of("Variable.op_Subtraction(Variable, Double)", x => x - 2.5, z => z - 2.5),
        OperationValue.Of("Variable.op_Subtraction(Double, Variable)", x => 2.5 - x, z => 2.5 - z),
        OperationValue.Of("Variable.op_Multiply(Variable, Double)", x => x * 2.5, z => z * 2.5),
        OperationValue.Of("Variable.op_Multiply(Double, Variable)", x => 2.5 * x, z => 2.5 * z),
        OperationValue.Of("Variable.op_Division(Variable, Double)", x => x / 2.5, z => z / 2.5),
        OperationValue.Of("Variable.op_Division(Double, Variable)", x => 2.5 / x, z => 2.5 / z),
        OperationValue.Whole("Variable.op_Addition(Variable, Matrix)", x => x + Ramp(x.Columns), OperationValue.ShapeOf0, (x, i, j) => x[i, j] + j - 1.5),
        OperationValue.Whole("Variable.op_Addition(Matrix, Variable)", x => Ramp(x.Columns) + x, OperationValue.ShapeOf0, (x, i, j) => x[i, j] + j - 1.5),
        OperationValue.Whole("Variable.op_Subtraction(Variable, Matrix)", x => x - Ramp(x.Columns), OperationValue.ShapeOf0, (x, i, j) => x[i, j] - j + 1.5),
        OperationValue.Whole("Variable.op_Subtraction(Matrix, Variable)", x => Ramp(x.Columns) - x, OperationValue.ShapeOf0, (x, i, j) => j - 1.5 - x[i, j]),
        OperationValue.Whole("MatrixOperations.MatMul(Variable, Matrix)", x => x.MatMul(Ramp(x.Columns).Transpose()), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Enumerate().Select((value, j) => value * (j - 1.5)).Sum()),
        OperationValue.Of("ElementaryOperations.Power(Variable, Double)", x => x.Power(2.5), z => Math.Pow(z, 2.5), positive: true),
        OperationValue.Of("ElementaryOperations.Square(Variable)", x => x.Square(), z => z * z),
        OperationValue.Of("PiecewiseOperations.Relu(Variable)", x => x.Relu(), z => z > 0 ? z : 0),
        OperationValue.Of("PiecewiseOperations.LeakyRelu(Variable, Double)", x => x.LeakyRelu(0.25), z => z > 0 ? z : 0.25 * z),
        OperationValue.Of("PiecewiseOperations.Abs(Variable)", x => x.Abs(), z => z < 0 ? -z : z),
        OperationValue.Of("PiecewiseOperations.Clamp(Variable, Double, Double)", x => x.Clamp(-0.5, 0.75), z => z < -0.5 ? -0.5 : z > 0.75 ? 0.75 : z),
        OperationValue.Of("PiecewiseOperations.Maximum(Variable, Variable)", (a, b) => a.Maximum(b), (a, b) => a > b ? a : b),
        OperationValue.Of("PiecewiseOperations.Minimum(Variable, Variable)", (a, b) => a.Minimum(b), (a, b) => a < b ? a : b),
        OperationValue.Of("PiecewiseOperations.WherePositive(Variable, Variable)", (a, b) => a.WherePositive(b), (a, b) => b > 0 ? a : 0),
        OperationValue.Whole("MatrixOperations.Transpose(Variable)", x => x.Transpose(), x => new(x.ColumnCount, x.RowCount), (x, i, j) => x[j, i]),
        Product(transposeA: false, transposeB: false),
        Product(transposeA: true, transposeB: false),
        Product(transposeA: false, transposeB: true),
        Product(transposeA: true, transposeB: true),
        OperationValue.Whole("ReductionOperations.Sum(Variable)", x => x.Sum(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Sum()),
        OperationValue.Whole("ReductionOperations.SumOverRows(Variable)", x => x.SumOverRows(), x => new(1, x.ColumnCount), (x, _, j) => x.Column(j).Enumerate().Sum()),
        OperationValue.Whole("ReductionOperations.SumOverColumns(Variable)", x => x.SumOverColumns(), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Enumerate().Sum()),
        OperationValue.Whole("ReductionOperations.Mean(Variable)", x => x.Mean(), _ => Shape.Scalar, (x, _, _) => x.Enumerate().Average()),
        OperationValue.Whole("ReductionOperations.MeanOverRows(Variable)", x => x.MeanOverRows(), x => new(1, x.ColumnCount), (x, _, j) => x.Column(j).Enumerate().Average()),
        OperationValue.Whole("ReductionOperations.MeanOverColumns(Variable)", x => x.MeanOverColumns(), x => new(x.RowCount, 1), (x, i, _) => x.Row(i).Enumerate().Average()),
        Repeated(rows: 1, columns: 1),
        Repeated(rows: 1, columns: 4),
        Repeated(rows: 3, columns: 1),
        Repeated(rows: 3, columns: 4),
        OperationValue.Whole("BlockOperations.SliceRows(Variable, Int32, Int32)", x => x.SliceRows(x.Rows / 2, x.Rows - (x.Rows / 2)), x => new(x.RowCount - (x.RowCount / 2), x.ColumnCount), (x, i, j) => x[(x.RowCount / 2) + i, j]),
        OperationValue.Whole("BlockOperations.SliceColumns(Variable, Int32, Int32)", x => x.SliceColumns(x.Columns / 2, 1), x => new(x.RowCount, 1), (x, i, _) => x[i, x.ColumnCount / 2]),
        new("BlockOperations.ConcatenateRows(ReadOnlySpan)", Stacked, false, x => BlockOperations.ConcatenateRows(x), x => new(x.Sum(part => part.RowCount), x[0].ColumnCount), FromRows),
        new("BlockOperations.ConcatenateColumns(ReadOnlySpan)", random => [.. Stacked(random).Select(shape => shape.Transposed)], false, x => BlockOperations.ConcatenateColumns(x), x => new(x[0].RowCount, x.Sum(part => part.ColumnCount)), FromColumns),
        OperationValue.Whole("DropoutOperations.Dropout(Variable, Double, RandomSource)", x => x.Dropout(0.25, new RandomSource(7)), OperationValue.ShapeOf0, Dropped),
        OperationValue.Whole("SoftmaxOperations.LogSumExp(Variable)", x => x.LogSumExp(), x => new(x.RowCount, 1), (x, i, _) => Math.Log(x.Row(i).Sum(Math.Exp))),
        OperationValue.Whole("SoftmaxOperations.Softmax(Variable)", x => x.Softmax(), OperationValue.ShapeOf0, (x, i, j) => Math.Exp(x[i, j]) / x.Row(i).Sum(Math.Exp)),
        OperationValue.Whole("SoftmaxOperations.LogSoftmax(Variable)", x => x.LogSoftmax(), OperationValue.ShapeOf0, (x, i, j) => x[i, j] - Math.Log(x.Row(i).Sum(Math.Exp))),
        OperationValue.Whole("LabelOperations.GatherByLabel(Variable, Int32[])", x => x.GatherByLabel(LabelsOf(x.Shape)), x => new(x.RowCount, 1), (x, i, _) => LabelOf(x, i) is >= 0 and var label ? x[i, label] : 0),
        OperationValue.Whole("LabelOperations.LogSumExpOfOthers(Variable, Int32[])", x => x.LogSumExpOfOthers(LabelsOf(x.Shape)), x => new(x.RowCount, 1), (x, i, _) => Math.Log(Others(x, i).Sum(j => Math.Exp(x[i, j])))),
        OperationValue.Whole("LabelOperations.SoftmaxOfOthers(Variable, Int32[])", x => x.SoftmaxOfOthers(LabelsOf(x.Shape)), OperationValue.ShapeOf0, (x, i, j) => Others(x, i).Contains(j) ? Math.Exp(x[i, j]) / Others(x, i).Sum(k => Math.Exp(x[i, k])) : 0),
        new("LabelOperations.ScatterByLabel(Variable, Int32[], Int32)", random => [new(1 + random.NextInt(5), 1)], false, x => x[0].ScatterByLabel(LabelsOf(new(x[0].Rows, 3)), 3), x => new(x[0].RowCount, 3), (x, i, j) => LabelsOf(new(x[0].RowCount, 3))[i] == j ? x[0][i, 0] : 0),
        .. ImageValues.Table,
    ];

    private static Matrix<double> Ramp(int columns) => Matrix<double>.Build.Dense(1, columns, (_, j) => j - 1.5);

    public static TheoryData<int, string> Lines
    {
        get
        {
            TheoryData<int, string> lines = [];
            for (int i = 0; i < Table.Length; i++)
                lines.Add(i, Table[i].Covers);
            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_operation_has_the_values_of_its_definition(int line, string name)
    {
        using Tape<double> clean = new(), used = new();
        Spoil(used);
        for (int seed = 0; seed < Cases; seed++)
        {
            Matrix<double>[] inputs = Inputs(Table[line], seed);
            Check(Table[line], inputs, clean, $"{name}, seed {seed}");
            Check(Table[line], inputs, used, $"{name}, seed {seed}, memory used before");
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void No_gradient_depends_on_what_its_memory_held_before(int line, string name)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            Matrix<double>[] inputs = Inputs(Table[line], seed);
            foreach (bool createGraph in new[] { false, true })
            {
                using Tape<double> clean = new(), used = new();
                Spoil(used);
                Assert.True(Gradients(clean, inputs, createGraph).SequenceEqual(Gradients(used, inputs, createGraph)), $"{name}, seed {seed}");
            }
        }

        Matrix<double>[] Gradients(Tape<double> tape, Matrix<double>[] inputs, bool createGraph)
        {
            Variable<double>[] x = [.. inputs.Select(tape.Variable)];
            Gradients<double> gradients = tape.Gradients(Table[line].Compute(x).Square().Sum(), x, createGraph);
            return [.. Enumerable.Range(0, x.Length).Select(i => gradients[i].Value.Clone())];
        }
    }

    [Fact]
    public void Every_public_operation_has_a_line() => Assert.Equal([], PublicSurface.Operations().Except(Table.Select(line => line.Covers)));

    private static void Check(OperationValue line, Matrix<double>[] inputs, Tape<double> tape, string what)
    {
        tape.Reset();
        Matrix<double> actual = line.Compute([.. inputs.Select(tape.Constant)]).Value;
        Assert.Equal(line.ShapeOf(inputs), new Shape(actual.RowCount, actual.ColumnCount));
        for (int i = 0; i < actual.RowCount; i++)
        {
            for (int j = 0; j < actual.ColumnCount; j++)
            {
                double expected = line.Entry(inputs, i, j);
                Assert.True(Equals(expected, actual[i, j]) || Math.Abs(expected - actual[i, j]) <= 1e-13 * (1 + Math.Abs(expected)), $"{what}: entry [{i}, {j}] is {actual[i, j]:R}, by the definition {expected:R}");
            }
        }
    }

    private static Matrix<double>[] Inputs(OperationValue line, long seed)
    {
        RandomSource random = new(seed);
        return [.. line.Shapes(random).Select(shape => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, (_, _) => line.Positive ? 0.1 + Math.Abs(random.NextNormal()) : random.NextNormal()))];
    }

    /// <summary>Leaves NaN in the memory that the tape will give out, a few of each small shape.</summary>
    private static void Spoil(Tape<double> tape)
    {
        for (int index = 0; index < 15 * 6 * 6; index++)
            tape.Constant(new Shape(1 + (index % 15), 1 + (index / 15 % 6)), double.NaN);
        tape.Reset();
    }

    private static double NormalCdf(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;

    private static OperationValue Product(bool transposeA, bool transposeB)
    {
        return new("MatrixOperations.MatMul(Variable, Variable, Boolean, Boolean)", Shapes, false, x => x[0].MatMul(x[1], transposeA, transposeB), ShapeOf, Entry);

        Shape[] Shapes(RandomSource random)
        {
            Shape left = OperationValue.Draw(random), right = new(left.Columns, 1 + random.NextInt(5));
            return [transposeA ? left.Transposed : left, transposeB ? right.Transposed : right];
        }

        Shape ShapeOf(Matrix<double>[] x) => new(transposeA ? x[0].ColumnCount : x[0].RowCount, transposeB ? x[1].RowCount : x[1].ColumnCount);

        double Entry(Matrix<double>[] x, int i, int j)
        {
            double sum = 0;
            for (int k = 0; k < (transposeA ? x[0].RowCount : x[0].ColumnCount); k++)
                sum += (transposeA ? x[0][k, i] : x[0][i, k]) * (transposeB ? x[1][j, k] : x[1][k, j]);
            return sum;
        }
    }

    private static OperationValue Repeated(int rows, int columns) => new(
        "ReductionOperations.BroadcastTo(Variable, Shape)", _ => [new(rows, columns)], false, x => x[0].BroadcastTo(new(3, 4)), _ => new(3, 4), (x, i, j) => x[0][i % rows, j % columns]);

    private static Shape[] Stacked(RandomSource random)
    {
        int columns = 1 + random.NextInt(5);
        return [.. Enumerable.Range(0, 1 + random.NextInt(3)).Select(_ => new Shape(1 + random.NextInt(5), columns))];
    }

    private static double FromRows(Matrix<double>[] parts, int i, int j)
    {
        foreach (Matrix<double> part in parts)
        {
            if (i < part.RowCount)
                return part[i, j];
            i -= part.RowCount;
        }

        return double.NaN;
    }

    private static double FromColumns(Matrix<double>[] parts, int i, int j) => FromRows([.. parts.Select(part => part.Transpose())], j, i);

    /// <summary>The definition: entry by entry down the columns, a number of the source below the rate drops it.</summary>
    private static double Dropped(Matrix<double> x, int i, int j)
    {
        RandomSource random = new(7);
        for (int before = 0; before < (j * x.RowCount) + i; before++)
            random.NextDouble();
        return random.NextDouble() < 0.25 ? 0 : x[i, j] / 0.75;
    }

    /// <summary>Labels of all classes, and one that is none.</summary>
    private static int[] LabelsOf(Shape shape) => [.. Enumerable.Range(0, shape.Rows).Select(i => (((2 * i) + 2) % (shape.Columns + 1)) - 1)];

    private static int LabelOf(Matrix<double> x, int row) => LabelsOf(new(x.RowCount, x.ColumnCount))[row];

    private static IEnumerable<int> Others(Matrix<double> x, int row) => Enumerable.Range(0, x.ColumnCount).Where(j => j != LabelOf(x, row));
}
