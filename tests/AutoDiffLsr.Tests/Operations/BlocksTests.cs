using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

public sealed class BlocksTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    public void A_slice_may_be_all_or_nothing_and_reach_the_end(int start, int count)
    {
        Variable<double> x = tape.Variable(M.Dense(3, 2, (i, j) => i + (10 * j))), t = x.Transpose();
        Assert.Equal(Enumerable.Range(start, count).Select(i => (double)i), x.SliceRows(start, count).Value.ToColumnMajorArray().Take(count));
        Assert.Equal((new Shape(count, 2), new Shape(2, count)), (x.SliceRows(start, count).Shape, t.SliceColumns(start, count).Shape));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(3, -1)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(int.MaxValue, 2)]
    public void A_slice_that_is_not_all_there_is_refused(int start, int count)
    {
        Variable<double> x = tape.Variable(M.Dense(3, 2)), t = tape.Variable(M.Dense(2, 3));
        ArgumentOutOfRangeException rows = Assert.Throws<ArgumentOutOfRangeException>(() => x.SliceRows(start, count));
        Assert.Contains($"'slice rows' from {start}, {count} of them: the matrix has 3 (0..2)", rows.Message, StringComparison.Ordinal);
        Assert.Equal("start", rows.ParamName);
        ArgumentOutOfRangeException columns = Assert.Throws<ArgumentOutOfRangeException>(() => t.SliceColumns(start, count));
        Assert.Contains($"'slice columns' from {start}, {count} of them: the matrix has 3 (0..2)", columns.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_whose_sides_do_not_touch_are_named()
    {
        Variable<double> a = tape.Variable(M.Dense(2, 3)), b = tape.Variable(M.Dense(2, 4)), c = tape.Variable(M.Dense(1, 3));
        Named("'concatenate rows': part 1 is 2x3, part 3 is 2x4;", () => BlockOperations.ConcatenateRows(a, c, b));
        Named("'concatenate columns': part 1 is 2x3, part 2 is 1x3;", () => BlockOperations.ConcatenateColumns(a, c, b));
        Named("'concatenate rows' needs at least one input", () => BlockOperations.ConcatenateRows<double>());
        Named("'concatenate columns' needs at least one input", () => BlockOperations.ConcatenateColumns<double>());

        static void Named(string message, Func<object> action) => Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_part_gets_the_gradient_of_its_place()
    {
        Variable<double> a = tape.Variable(M.Dense(1, 2, 1.0)), b = tape.Variable(M.Dense(2, 2, 1.0)), c = tape.Constant(M.Dense(1, 2, 1.0));
        Variable<double> weights = tape.Constant(M.Dense(5, 2, (i, j) => i + (10 * j)));
        Gradients<double> gradients = tape.Gradients((BlockOperations.ConcatenateRows(a, c, b, a) * weights).Sum(), [a, b]);
        Assert.Equal(M.DenseOfArray(new double[,] { { 4, 24 } }), gradients[a].Value);
        Assert.Equal(M.DenseOfArray(new double[,] { { 2, 12 }, { 3, 13 } }), gradients[b].Value);
    }
}
