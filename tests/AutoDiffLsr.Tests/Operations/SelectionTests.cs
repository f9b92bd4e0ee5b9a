using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Gathers, choices and jumps where the table of values does not reach: ties, NaN, infinities, empty matrices, and what is refused.</summary>
public sealed class SelectionTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    [Fact]
    public void Rows_that_are_taken_twice_add_up()
    {
        Assert.Equal(M("1 1; 0 0; 2 2"), Gradient(M("1 2; 3 4; 5 6"), x => x.TakeRows([2, 0, 2]).Sum()));
        Assert.Equal(M("0 3; 0 3"), Gradient(M("1 2; 3 4"), x => x.TakeColumns([1, 1, 1]).Sum()));
    }

    // numpy.arange(6).reshape(2, 3).reshape(3, 2) and the same with order='F'.
    [Fact]
    public void A_reshape_keeps_the_order_that_its_name_says()
    {
        Assert.Equal(M("0 1; 2 3; 4 5"), Value(M("0 1 2; 3 4 5"), x => x.ReshapeRows(3, 2)));
        Assert.Equal(M("0 4; 3 2; 1 5"), Value(M("0 1 2; 3 4 5"), x => x.Reshape(3, 2)));
    }

    [Fact]
    public void One_of_equal_maxima_gets_the_gradient_and_AMax_shares_it()
    {
        Matrix<double> x = M("1 5; 5 5; 0 2");
        Assert.Equal(M("0 0; 1 0; 0 0"), Gradient(x, x => x.Max()));
        Assert.Equal(M("0 1; 1 0; 0 0"), Gradient(x, x => x.MaxOverRows().Sum()));
        Assert.Equal(M("0 1; 1 0; 0 1"), Gradient(x, x => x.MaxOverColumns().Sum()));
        Assert.Equal(M("0 0; 0 0; 1 0"), Gradient(x, x => x.Min()));
        Assert.Equal(M("0 0.3333333333333333; 0.3333333333333333 0.3333333333333333; 0 0"), Gradient(x, x => x.AMax()));
        Assert.Equal(M("0 0.5; 1 0.5; 0 0"), Gradient(x, x => x.AMaxOverRows().Sum()));
        Assert.Equal(M("0 1; 0.5 0.5; 0 1"), Gradient(x, x => x.AMaxOverColumns().Sum()));
    }

    // torch.max and torch.argmax of 1.13: a NaN is larger than any number, the first of equals wins.
    [Fact]
    public void A_NaN_wins_and_the_first_of_equals_is_the_arg_max()
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 1, NaN, 3 }, { 7, 7, 2 } });
        using Tape<double> tape = new();
        Variable<double> v = tape.Constant(x);
        Assert.Equal([1, 0], v.ArgMaxOverColumns());
        Assert.Equal([1, 0, 0], v.ArgMaxOverRows());
        Assert.Equal([NaN, 7], v.MaxOverColumns().Value.ToColumnMajorArray());
        Assert.Equal([NaN, 2], v.MinOverColumns().Value.ToColumnMajorArray());
        Assert.Equal(M("0 1 0; 1 0 0"), Gradient(x, x => x.MaxOverColumns().Sum()));
    }

    [Fact]
    public void What_Where_does_not_take_has_no_part_in_value_and_gradient()
    {
        Matrix<double> x = M("-4 9 0"), spoilt = Matrix<double>.Build.DenseOfArray(new[,] { { NaN, 2, Inf } });
        Assert.Equal(M("0 1 0"), Gradient(spoilt, v => SelectionOperations.Where(v.Tape.Constant(x).GreaterThan(v.Tape.Constant(0)), v, v.Tape.Constant(x)).Sum()));
        Assert.Equal(M("0 3 0"), Value(x, x => SelectionOperations.Where(x.GreaterThan(0 * x), x.Sqrt(), 0 * x)));
        Assert.Equal([2.0], Value(Matrix<double>.Build.Dense(1, 1, NaN), x => SelectionOperations.Where(x, x, x.Tape.Constant(2))).ToColumnMajorArray());
    }

    [Fact]
    public void Sides_of_length_1_are_repeated_by_Where()
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Variable(M("1 2 3")), b = tape.Variable(M("10; 20"));
        Variable<double> y = SelectionOperations.Where(b.GreaterThan(tape.Constant(15)), a, b);
        Assert.Equal(M("10 10 10; 1 2 3"), y.Value);
        Assert.Equal(M("1 1 1"), tape.Gradient(y.Sum(), a).Value);
        Assert.Equal(M("3; 0"), tape.Gradient(y.Sum(), b).Value);
    }

    [Fact]
    public void A_cumulative_sum_sends_back_sums_from_the_end()
    {
        Assert.Equal(M("1; 3; 6"), Value(M("1; 2; 3"), x => x.CumulativeSumOverRows()));
        Assert.Equal(M("3 2 1"), Gradient(M("4 5 6"), x => x.CumulativeSumOverColumns().Sum()));
    }

    [Fact]
    public void A_norm_has_the_subgradient_0_at_0_and_does_not_overflow()
    {
        Assert.Equal(M("0 0"), Gradient(M("0 0"), x => x.Norm()));
        Assert.Equal(0, (M("0.6 0; 0.8 0") - Gradient(M("3e200 0; 4e200 0"), x => x.NormOverRows().Sum())).InfinityNorm(), 1e-15);
        Assert.Equal(5e200, Value(M("3e200 4e200"), x => x.Norm())[0, 0], 1e187);
        Assert.Equal(5e-200, Value(M("3e-200 4e-200"), x => x.NormOverColumns())[0, 0], 1e-213);
        Assert.Equal(Inf, Value(Matrix<double>.Build.Dense(1, 1, double.NegativeInfinity), x => x.Norm())[0, 0]);
        Assert.Equal(NaN, Value(Matrix<double>.Build.Dense(1, 2, NaN), x => x.Norm())[0, 0]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(2, 0)]
    public void Empty_matrices_are_moved_and_summed_and_have_no_maximum(int rows, int columns)
    {
        Matrix<double> empty = Matrix<double>.Build.Dense(Math.Max(rows, 1), Math.Max(columns, 1));
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(empty).SliceRows(0, rows).SliceColumns(0, columns);
        Assert.Equal(new Shape(rows, columns), x.FlipRows().Shape);
        Assert.Equal(new Shape(rows, columns), x.RollRows(3).Shape);
        Assert.Equal(new Shape(2 * rows, 3 * columns), x.Tile(2, 3).Shape);
        Assert.Equal(new Shape(columns, rows), x.Reshape(columns, rows).Shape);
        Assert.Equal(0, x.Trace().Scalar);
        Assert.Equal(0, x.Norm().Scalar);
        Assert.Contains("'max' of a matrix without entries", Assert.Throws<ArgumentException>(() => x.Max()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_that_are_not_there_are_refused_with_their_position()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(M("1 2; 3 4; 5 6"));
        AssertRefused(() => x.TakeRows([0, 3]), "'take rows': place 1 is 3, but there are 3 (0..2).");
        AssertRefused(() => x.TakeColumns([-1]), "'take columns': place 0 is -1, but there are 2 (0..1).");
        AssertRefused(() => x.PutRows([0, 1], 5), "'put rows' got 2 places for 3: one each is needed.");
        AssertRefused(() => x.PutColumns([0, 5], 5), "'put columns': place 1 is 5, but there are 5 (0..4).");
        AssertRefused(() => x.Take([6], new Shape(1, 1)), "place 0 is 6, but there are 6 (0..5).");
        AssertRefused(() => x.Reshape(4, 2), "'reshape' of 3x2 to 4x2: the number of entries must stay 6.");
        AssertRefused(() => x.Reshape(-3, -2), "the number of entries must stay 6.");
        AssertRefused(() => x.ToDiagonal(), "'to diagonal' takes an N x 1 input, not 3x2.");
        AssertRefused(() => x.StrideRows(4, 1), "'stride rows' from 4 by 1: the start must be in 0..3, and the step at least 1.");
        AssertRefused(() => x.StrideColumns(0, 0), "'stride columns' from 0 by 0");
        AssertRefused(() => x.Tile(-1, 1), "'tile' -1 times: the number must not be negative.");
        AssertRefused(() => SelectionOperations.Where(x, x.Transpose(), x), "'where' of 3x2 and 2x3");
        AssertRefused(() => x.Dot(x.Transpose()), "'dot' of 3x2 and 2x3: the shapes must be equal.");
        Assert.Throws<ArgumentNullException>(() => x.TakeRows(null!));
    }

    /// <summary>At a jump there is no derivative, so a check of it must not pass; beside it the gradient 0 is right.</summary>
    [Fact]
    public void A_check_at_a_jump_does_not_pass_and_one_beside_it_does()
    {
        foreach (Func<Variable<double>, Variable<double>> jump in new Func<Variable<double>, Variable<double>>[] { x => x.Sign(), x => x.Floor(), x => (x + 0.5).Round() })
        {
            Assert.False(GradientCheck.Check(jump, M("0 0.3")).Passed);
            Assert.True(GradientCheck.Check(jump, M("0.3 -0.7")).Passed);
        }
    }

    [Fact]
    public void A_repeated_step_with_gathers_and_choices_allocates_nothing()
    {
        using Tape<float> tape = new();
        Parameter<float> table = new("table", Matrix<float>.Build.Dense(5, 3, (i, j) => i - j));
        int[] rows = [4, 0, 0, 2];
        Parameter<float>[] parameters = [table];
        for (int i = 0; i < 3; i++)
            Step();
        Assert.Equal(0, Allocations.Of(Step, times: 10));

        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Parameter(table).TakeRows(rows).RollRows(1).Tile(2, 1);
            Variable<float> y = x.MaxOverColumns() + x.AMaxOverColumns() + x.NormOverColumns() + x.Sin().CumulativeSumOverColumns().MinOverColumns();
            tape.Gradients(y.Sum(), parameters);
        }
    }

    private static void AssertRefused(Action action, string reason) => Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static Matrix<double> Value(Matrix<double> x, Func<Variable<double>, Variable<double>> f)
    {
        using Tape<double> tape = new();
        return f(tape.Constant(x)).Value.Clone();
    }

    private static Matrix<double> Gradient(Matrix<double> x, Func<Variable<double>, Variable<double>> f)
    {
        using Tape<double> tape = new();
        Variable<double> v = tape.Variable(x);
        return tape.Gradient(f(v), v).Value.Clone();
    }

    private static Matrix<double> M(string rows) => Matrix<double>.Build.DenseOfRows(rows.Split(';').Select(row =>
        row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));
}
