using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class ParameterTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void A_parameter_needs_a_name_and_a_dense_matrix()
    {
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => new Parameter<double>(null!, M.Dense(1, 1))).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => new Parameter<double>("", M.Dense(1, 1))).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => new Parameter<double>("weight", null!)).ParamName);
        ArgumentException sparse = Assert.Throws<ArgumentException>(() => new Parameter<double>("weight", M.Sparse(2, 2)));
        Assert.Contains("Parameter 'weight' needs a dense matrix, not a SparseMatrix", sparse.Message, StringComparison.Ordinal);
        Assert.Equal("value", sparse.ParamName);
    }

    [Fact]
    public void Assigning_copies_the_numbers_and_counts_as_a_change()
    {
        Matrix<double> start = M.Dense(2, 3, 1.0), later = M.Dense(2, 3, (i, j) => i + j);
        Parameter<double> w = new("weight", start);
        Assert.Equal((0, new Shape(2, 3), "weight 2x3"), (w.Version, w.Shape, w.ToString()));
        w.Assign(later);
        Assert.Equal(1, w.Version);
        Assert.Same(start, w.Value);
        Assert.Equal(later, w.Value);
        later[0, 0] = 100;
        Assert.Equal(0.0, w.Value[0, 0]);
    }

    [Fact]
    public void Updating_gives_the_live_numbers_and_counts_as_a_change()
    {
        Parameter<double> w = new("weight", M.Dense(2, 3));
        w.Update()[3] = 7;
        Assert.Equal((1, 7.0), (w.Version, w.Value[1, 1]));
        w.Update();
        Assert.Equal(2, w.Version);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public void A_value_of_another_shape_is_refused_and_changes_nothing(int rows, int columns)
    {
        Parameter<double> w = new("weight", M.Dense(2, 3, 1.0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => w.Assign(M.Dense(rows, columns)));
        Assert.Contains($"Parameter 'weight' is 2x3, the new value is {rows}x{columns}.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => w.Assign(null!));
        Assert.Equal((0, 1.0), (w.Version, w.Value[0, 0]));
    }

    [Fact]
    public void A_parameter_follows_its_value_from_step_to_step()
    {
        using Tape<double> tape = new();
        Parameter<double> w = new("weight", M.Dense(1, 1, 2.0));
        for (int step = 0; step < 3; step++)
        {
            tape.Reset();
            Variable<double> x = tape.Parameter(w);
            Assert.Equal("weight", x.Name);
            Assert.Equal(2 * w.Value[0, 0], tape.Gradients(x * x, [w])[0].Scalar);
            w.Update()[0]++;
        }
    }

    [Fact]
    public void Without_recording_a_parameter_is_a_constant_unless_it_is_on_the_tape_already()
    {
        using Tape<double> tape = new();
        Parameter<double> known = new("known", M.Dense(1, 1, 2.0)), late = new("late", M.Dense(1, 1, 3.0));
        Variable<double> x = tape.Parameter(known);
        using (tape.NoRecording())
        {
            Assert.Equal(x, tape.Parameter(known));
            Assert.Equal((false, 3.0, "late"), (tape.Parameter(late).NeedsGradient, tape.Parameter(late).Scalar, tape.Parameter(late).Name));
            Assert.Equal(1, tape.Count);
        }

        Assert.True(tape.Parameter(late).NeedsGradient);
    }

    [Fact]
    public void A_parameter_that_is_not_on_the_tape_has_a_gradient_of_zeros_even_without_recording()
    {
        using Tape<double> tape = new();
        Parameter<double> unused = new("unused", M.Dense(2, 3, 1.0));
        Variable<double> x = tape.Variable(M.Dense(1, 1, 2.0)), loss = x * x;
        using (tape.NoRecording())
        {
            Assert.Equal(M.Dense(2, 3), tape.Gradients(loss, [unused])[0].Value);
            Assert.False(tape.IsRecording);
        }
    }
}
