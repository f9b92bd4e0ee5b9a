using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Checking.FsCheck;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class TapeTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void A_value_used_several_times_gets_the_sum_of_its_gradients()
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Variable(M.Dense(1, 1, 3.0));
        Variable<double> b = a + a, c = b + b, y = (c * c) + b;

        // y = (4a)² + 2a, so dy/da = 32a + 2.
        Assert.Equal((32 * 3) + 2, tape.Gradient(y, a).Scalar);
    }

    [Fact]
    public void Asking_twice_gives_the_same_twice()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 3, (i, j) => i - (0.5 * j)));
        Variable<double> y = (x.Tanh() * x.Exp()).Sum();
        Matrix<double> first = tape.Gradient(y, x).Value.Clone();
        Assert.Equal(first, tape.Gradient(y, x).Value);
    }

    [Fact]
    public void A_gradient_is_left_alone_by_later_sweeps()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 2, 0.5)), w = tape.Variable(M.Dense(2, 2, 2.0));
        Gradients<double> first = tape.Gradients((x * w).Sum(), [x, w]);
        Matrix<double> kept = first[x].Value.Clone();
        for (int i = 0; i < 5; i++)
            tape.Gradients((x.Exp() * w.Sin()).Sum(), [x, w]);
        Assert.Equal(kept, first[x].Value);
    }

    [Fact]
    public void A_chain_of_very_many_operations_is_walked_without_recursion()
    {
        using Tape<double> tape = new();
        int length = Effort.Cases(1_000_000, 1_000_000);
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0)), y = x;
        for (int i = 0; i < length; i++)
            y += 1e-6;
        Assert.Equal(1.0, tape.Gradient(y, x).Scalar);
        Assert.Equal(1 + (1e-6 * length), y.Scalar, 1e-9);
    }

    [Fact]
    public void Gradients_of_gradients_come_from_the_same_rules()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 0.7));
        Variable<double> y = x.Tanh();
        Variable<double> first = tape.Gradient(y, x, createGraph: true);
        Variable<double> second = tape.Gradient(first, x, createGraph: true);
        Variable<double> third = tape.Gradient(second, x);
        double t = Math.Tanh(0.7);
        Assert.Equal(1 - (t * t), first.Scalar, 1e-14);
        Assert.Equal(-2 * t * (1 - (t * t)), second.Scalar, 1e-14);
        Assert.Equal(((6 * t * t) - 2) * (1 - (t * t)), third.Scalar, 1e-14);
    }

    [Fact]
    public void What_the_loss_does_not_depend_on_has_a_gradient_of_zeros()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0)), unused = tape.Variable(M.Dense(2, 3, 1.0));
        Assert.Equal(M.Dense(2, 3), tape.Gradient(x * x, unused).Value);
    }

    [Fact]
    public void The_gradient_of_a_linear_function_has_a_gradient_of_zeros()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0));
        Variable<double> slope = tape.Gradient(3 * x, x, createGraph: true);
        Assert.Equal(0.0, tape.Gradient(slope * 2, x).Scalar);
    }

    [Fact]
    public void Repeated_sides_are_summed()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(M.Dense(3, 2, (i, j) => 1 + i + (3 * j)));
        Variable<double> row = tape.Variable(M.Dense(1, 2, 1.0)), column = tape.Variable(M.Dense(3, 1, 1.0)), one = tape.Variable(M.Dense(1, 1, 1.0));
        Gradients<double> g = tape.Gradients((x * row * column * one).Sum(), [row, column, one]);
        Assert.Equal(M.DenseOfArray(new double[,] { { 6, 15 } }), g[row].Value);
        Assert.Equal(M.DenseOfArray(new double[,] { { 5 }, { 7 }, { 9 } }), g[column].Value);
        Assert.Equal(21.0, g[one].Scalar);
    }

    [Fact]
    public void A_training_step_allocates_nothing_once_it_has_run()
    {
        using Tape<float> tape = new();
        Parameter<float> w = new("weight", Matrix<float>.Build.Dense(4, 3, 0.1f)), b = new("bias", Matrix<float>.Build.Dense(1, 3, 0.2f));
        Matrix<float> x = Matrix<float>.Build.Dense(5, 4, (i, j) => i - j);
        Parameter<float>[] parameters = [w, b];
        float Step()
        {
            tape.Reset();
            Variable<float> y = (tape.Constant(x).MatMul(tape.Parameter(w)) + tape.Parameter(b)).Relu();
            Gradients<float> gradients = tape.Gradients((y * y).Mean(), parameters);
            return gradients[0].Value[0, 0];
        }

        for (int i = 0; i < 50; i++)
            Step();
        Assert.Equal(0, Allocations.Of(() => Step(), times: 100));
    }

    [Fact]
    public void A_variable_where_an_operation_stood_before_the_reset_has_no_inputs()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 2.0));
        Assert.Equal(4.0, tape.Gradient(x * x, x).Scalar);
        tape.Reset();
        x = tape.Variable(M.Dense(1, 1, 2.0));
        Variable<double> later = tape.Variable(M.Dense(1, 1, 3.0));
        Gradients<double> g = tape.Gradients(x * later, [x, later]);
        Assert.Equal((3.0, 2.0), (g[x].Scalar, g[later].Scalar));
    }

    [Fact]
    public void An_operation_from_outside_works_at_any_order()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 0.4));
        Variable<double> first = tape.Gradient(x.Sin(), x, createGraph: true);
        Assert.Equal(Math.Cos(0.4), first.Scalar, 1e-15);
        Assert.Equal(-Math.Sin(0.4), tape.Gradient(first, x).Scalar, 1e-15);
    }
}
