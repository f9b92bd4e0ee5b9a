using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>Each mistake gets one message that names the operation, the argument and what would be right.</summary>
public sealed class TapeErrorTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void Shapes_that_do_not_fit_are_named_with_the_operation()
    {
        using Tape<double> tape = new();
        Variable<double> a = tape.Variable(M.Dense(3, 4)), b = tape.Variable(M.Dense(2, 4));
        Fails<ArgumentException>("'add' of 3x4 and 2x4", () => a + b);
        Fails<ArgumentException>("'matmul' of 3x4 and 2x4: the first has 4 columns, the second 2 rows", () => a.MatMul(b));
        Fails<ArgumentException>("'matmul' of 3x4 and 2x3 transposed", () => a.MatMul(b.SliceColumns(0, 3), transposeB: true));
        Fails<ArgumentException>("part 1 is 3x4, part 2 is 2x3", () => BlockOperations.ConcatenateRows(a, b.SliceColumns(0, 3)));
        Fails<ArgumentOutOfRangeException>("'slice rows' from 2, 2 of them: the matrix has 3", () => a.SliceRows(2, 2));
        Fails<ArgumentException>("2 labels for 3 rows", () => a.GatherByLabel([0, 1]));
        Fails<ArgumentException>("cannot be repeated to 2x4", () => a.BroadcastTo(new Shape(2, 4)));
    }

    [Fact]
    public void Variables_of_two_tapes_do_not_mix()
    {
        using Tape<double> one = new(), two = new();
        Variable<double> a = one.Variable(M.Dense(1, 1)), b = two.Variable(M.Dense(1, 1));
        Fails<ArgumentException>("The inputs of 'add' are on different tapes", () => a + b);
        Fails<ArgumentException>("is on another tape", () => one.Gradient(b, a));
        Fails<ArgumentException>("is on another tape", () => one.Gradient(a, b));
    }

    [Fact]
    public void A_variable_of_before_a_reset_or_of_a_disposed_tape_is_recognised()
    {
        Tape<double> tape = new();
        Variable<double> old = tape.Variable(M.Dense(1, 1));
        Variable<double> oldConstant = tape.Constant(1.0);
        tape.Reset();
        tape.Variable(M.Dense(2, 2));
        tape.Constant(2.0);
        Fails<InvalidOperationException>("before the last Reset", () => old.Exp());
        Fails<InvalidOperationException>("before the last Reset", () => oldConstant.Value);
        tape.Dispose();
        Fails<ObjectDisposedException>("disposed", () => old.Value);
        Fails<ObjectDisposedException>("", () => tape.Variable(M.Dense(1, 1)));
    }

    [Fact]
    public void An_empty_variable_and_null_are_refused()
    {
        using Tape<double> tape = new();
        Variable<double> empty = default;
        Fails<InvalidOperationException>("empty (default)", () => empty.Exp());
        Fails<InvalidOperationException>("empty (default)", () => tape.Constant(1.0) * empty);
        Assert.Throws<ArgumentNullException>(() => tape.Variable(null!));
        Assert.Throws<ArgumentNullException>(() => tape.Parameter(null!));
        Assert.Throws<ArgumentNullException>(() => tape.Gradients(tape.Constant(1.0), (IReadOnlyList<Parameter<double>>)null!));
    }

    [Fact]
    public void A_gradient_of_or_by_something_that_is_not_on_the_record_is_refused()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0)), c = tape.Constant(1.0);
        Fails<ArgumentException>("wrt[0] (constant 1x1) is not on the record", () => tape.Gradient(x * c, c));
        Variable<double> lost;
        using (tape.NoRecording())
            lost = x * x;
        Fails<InvalidOperationException>("while nothing was recorded", () => tape.Gradient(lost, x));
        Variable<double> firstOrder = tape.Gradient(x * x, x);
        Fails<InvalidOperationException>("createGraph: true", () => tape.Gradient(firstOrder, x));
        Fails<ArgumentException>("was not asked for", () => tape.Gradients(x * x, [x])[c]);
    }

    [Fact]
    public void A_loss_that_is_not_1x1_needs_a_cotangent_of_its_shape()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 3, 1.0)), y = x.Exp();
        Fails<ArgumentException>("the result of 'exp' is 2x3", () => tape.Gradient(y, x));
        Fails<ArgumentException>("The cotangent is 3x2, the result of 'exp' is 2x3", () => tape.Gradient(y, x, cotangent: tape.Constant(M.Dense(3, 2))));
        Fails<InvalidOperationException>("the result of 'exp' is 2x3", () => y.Scalar);
    }

    [Fact]
    public void A_parameter_changed_before_the_gradient_is_named()
    {
        using Tape<double> tape = new();
        Parameter<double> w = new("weight", M.Dense(2, 2, 1.0));
        Variable<double> loss = tape.Parameter(w).Square().Sum();
        w.Assign(M.Dense(2, 2, 3.0));
        Fails<InvalidOperationException>("Parameter 'weight' (2x2) was changed between the forward pass and the gradient", () => tape.Gradients(loss, [w]));
        Fails<ArgumentException>("Parameter 'weight' is 2x2, the new value is 1x2", () =>
        {
            w.Assign(M.Dense(1, 2));
            return null;
        });
    }

    [Fact]
    public void A_wrong_vjp_is_named_with_input_and_shapes()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 3, 1.0));
        Variable<double> y = Operation.Unary(
            "careless", x, x.Shape.Transposed, 0, static (x, y, _) => x.Transpose(y), static (x, y, dy, _) => dy);
        Fails<InvalidOperationException>("The VJP of 'careless' is wrong: the gradient for input 1 is 3x2, the input is 2x3", () => tape.Gradient(y.Sum(), x));
    }

    [Fact]
    public void A_failed_sweep_leaves_the_tape_usable()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 2.0));
        Variable<double> bad = Operation.Elementwise(
            "bad", x, static (x, y) => x.CopyTo(y), static (x, y, dy) => throw new NotSupportedException("no rule"));
        Assert.Throws<NotSupportedException>(() => tape.Gradient(bad * x, x));
        Assert.Equal(4.0, tape.Gradient(x * x, x).Scalar);
    }

    [Fact]
    public void A_disposed_tape_can_do_nothing_more()
    {
        using Tape<double> other = new();
        Parameter<double> w = new("weight", M.Dense(1, 1, 2.0));
        Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0)), foreign = other.Variable(M.Dense(1, 1, 1.0));
        Assert.False(tape.IsDisposed);
        tape.Dispose();
        tape.Dispose();
        Assert.Equal((true, 0), (tape.IsDisposed, tape.Count));
        Fails<ObjectDisposedException>("", () => tape.Constant(1.0));
        Fails<ObjectDisposedException>("", () => tape.Parameter(w));
        Fails<ObjectDisposedException>("", () => tape.Gradient(foreign, foreign));
        Fails<ObjectDisposedException>("", () => tape.Gradients(foreign, [w]));
        Fails<ObjectDisposedException>("disposed", () => x.Sum());
    }

    [Fact]
    public void Arguments_that_are_wrong_are_named()
    {
        using Tape<double> tape = new(), two = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 1.0)), wide = tape.Variable(M.Dense(1, 2, 1.0)), foreign = two.Variable(M.Dense(1, 1, 1.0));
        Named("value", () => tape.Constant(null!));
        Named("value", () => tape.Variable(null!));
        Named("parameter", () => tape.Parameter(null!));
        Named("parameters", () => tape.Gradients(x, (IReadOnlyList<Parameter<double>>)null!));
        Named("loss", () => tape.Gradient(wide, wide));
        Named("loss", () => tape.Gradient(foreign, x));
        Named("wrt", () => tape.Gradient(x, foreign));
        Named("cotangent", () => tape.Gradient(x, x, cotangent: foreign));
        Named("cotangent", () => tape.Gradient(x, x, cotangent: wide));
        Named("direction", () => Derivatives.HessianVectorProduct(x, x, wide));
        Fails<ArgumentException>("wrt[1] (constant 1x1) is not on the record", () => tape.Gradients(x, [x, tape.Constant(1.0)]));

        static void Named(string argument, Func<object?> action) => Assert.Equal(argument, Assert.ThrowsAny<ArgumentException>(action).ParamName);
    }

    [Fact]
    public void Other_number_types_are_refused() => Fails<NotSupportedException>("float or double", () => new Tape<Half>());

    private static void Fails<TException>(string message, Func<object?> action)
        where TException : Exception =>
        Assert.Contains(message, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);
}
