using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class VariableTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Fact]
    public void A_variable_knows_its_shape_name_and_tape()
    {
        Variable<double> x = tape.Variable(M.Dense(2, 3, 1.0)), y = x.Exp(), c = tape.Constant(M.Dense(2, 3, 1.0));
        Assert.Equal((2, 3, new Shape(2, 3), "exp", true), (y.Rows, y.Columns, y.Shape, y.Name, y.NeedsGradient));
        Assert.Same(tape, y.Tape);
        Assert.Equal((true, false, false), (x.NeedsGradient, c.NeedsGradient, c.Exp().NeedsGradient));
        Assert.Equal("exp 2x3", y.ToString());
    }

    [Fact]
    public void A_handle_that_is_empty_or_old_says_so()
    {
        Variable<double> old = tape.Variable(M.Dense(1, 1));
        tape.Reset();
        Assert.Equal(("(no variable)", "(variable of an earlier step)"), (default(Variable<double>).ToString(), old.ToString()));
    }

    [Fact]
    public void Variables_are_equal_where_they_are_the_same_place_of_the_same_step()
    {
        Variable<double> old = tape.Variable(M.Dense(1, 1, 2.0));
        tape.Reset();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 2.0)), copy = x, y = tape.Variable(M.Dense(1, 1, 2.0));
        Assert.True(x == copy && x.Equals((object)copy) && x.GetHashCode() == copy.GetHashCode());
        Assert.False(x != copy);
        Assert.True(x != y && x != old && x != default);
        Assert.False(x == y || x == old || x.Equals((object)y) || x.Equals(null) || x.Equals("x"));
    }

    [Fact]
    public void The_scalar_of_a_constant_and_of_a_result_is_its_number()
    {
        Assert.Equal(4.0, tape.Constant(4.0).Scalar);
        Assert.Equal(6.0, tape.Variable(M.Dense(2, 3, 1.0)).Sum().Scalar);
        Assert.Throws<InvalidOperationException>(() => tape.Constant(M.Dense(1, 2)).Scalar);
    }

    [Fact]
    public void Only_what_has_a_history_is_detached()
    {
        Variable<double> x = tape.Variable(M.Dense(1, 1, 3.0)), c = tape.Constant(2.0), y = x * c, lost;
        using (tape.NoRecording())
            lost = x * c;
        Assert.Equal(c, c.Detach());
        Assert.Equal((false, 6.0, "detach"), (y.Detach().NeedsGradient, y.Detach().Scalar, y.Detach().Name));
        Assert.Same(y.Value, y.Detach().Value);
        Assert.Throws<InvalidOperationException>(() => tape.Gradient(lost, x));
        Assert.Equal(0.0, tape.Gradient(lost.Detach(), x).Scalar);
    }

    [Fact]
    public void A_constant_fills_its_shape_and_takes_any_matrix()
    {
        Assert.Equal(M.Dense(2, 3, 5.0), tape.Constant(new Shape(2, 3), 5.0).Value);
        Matrix<double> small = M.Dense(1, 2, 1.0), large = M.Dense(4, 3, (i, j) => i - j), sparse = M.SparseIdentity(5);
        foreach (Matrix<double> value in new[] { small, large, sparse, small })
        {
            tape.Reset();
            Variable<double> x = tape.Variable(value), c = tape.Constant(value);
            Assert.Equal((value, value), (x.Value, c.Value));
            Assert.Equal((new Shape(value.RowCount, value.ColumnCount), x.Shape), (x.Shape, c.Shape));
            Assert.Equal(2 * value, (x + c).Value);
        }
    }
}
