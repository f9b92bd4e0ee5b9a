using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>What the engine does around a kernel and its rule. The rules here are wrong on purpose, so that each can be told from the others.</summary>
public sealed class OperationTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Fact]
    public void A_shared_rule_runs_once_and_others_once_a_side()
    {
        int shared = 0, own = 0;
        Variable<double> x = Row(1, 2), bias = Row(3, 4);
        Variable<double> y = Operation.Biased("shared", x, bias, static (x, b, y) => x.CopyTo(y), (x, b, y, dy) =>
        {
            shared++;
            return dy;
        });
        tape.Gradients(y.Sum(), [x, bias]);
        Variable<double> z = Operation.Elementwise("own", x, bias, static (a, b, y) => a.CopyTo(y), Counted, Counted);
        tape.Gradients(z.Sum(), [x, bias]);
        Assert.Equal((1, 2), (shared, own));

        Variable<double> Counted(Variable<double> a, Variable<double> b, Variable<double> y, Variable<double> dy)
        {
            own++;
            return dy;
        }
    }

    [Fact]
    public void Only_sides_that_lead_to_what_is_asked_for_are_asked()
    {
        Variable<double> x = Row(1, 2), other = Row(3, 4), c = tape.Constant(M.Dense(1, 2, 5.0));
        foreach (Variable<double> unasked in new[] { other, c })
        {
            Variable<double> first = Operation.Elementwise("one", x, unasked, static (a, b, y) => a.CopyTo(y), static (a, b, y, dy) => dy, Never);
            Variable<double> second = Operation.Elementwise("one", unasked, x, static (a, b, y) => a.CopyTo(y), Never, static (a, b, y, dy) => 2 * dy);
            Variable<double> many = Operation.Nary("many", [unasked, x], x.Shape, 0, static (x, y, _) => y.Clear(), static (i, x, y, dy, _) => i == 1 ? 3 * dy : throw new NotSupportedException());
            Assert.Equal(M.Dense(1, 2, 6.0), tape.Gradient((first + second + many).Sum(), x).Value);
        }

        static Variable<double> Never(Variable<double> a, Variable<double> b, Variable<double> y, Variable<double> dy) => throw new NotSupportedException();
    }

    [Fact]
    public void No_gradient_is_a_gradient_of_zeros()
    {
        Variable<double> x = Row(1, 2);
        Variable<double> y = Operation.Elementwise("nothing", x, static (x, y) => x.CopyTo(y), static (x, y, dy) => default);
        Assert.Equal(M.Dense(1, 2), tape.Gradient(y.Sum(), x).Value);
        Assert.Equal(M.Dense(1, 2, 1.0), tape.Gradient((y + x).Sum(), x).Value);
    }

    [Fact]
    public void Only_sides_that_were_repeated_are_summed()
    {
        Variable<double> row = Row(1, 2);
        Variable<double> unary = Operation.Unary("repeat", row, new Shape(3, 2), 0, static (x, y, _) => y.Clear(), static (x, y, dy, _) => dy);
        Variable<double> binary = Operation.Binary("repeat", row, row, new Shape(3, 2), 0, static (a, b, y, _) => y.Clear(), static (a, b, y, dy, _) => dy, static (a, b, y, dy, _) => dy);
        Variable<double> many = Operation.Nary("repeat", [row, row], new Shape(3, 2), 0, static (x, y, _) => y.Clear(), static (i, x, y, dy, _) => dy);
        foreach (Variable<double> y in new[] { unary, binary, many })
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => tape.Gradient(y.Sum(), row));
            Assert.Contains("The VJP of 'repeat' is wrong: the gradient for input 1 is 3x2, the input is 1x2.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_rule_of_a_shape_that_is_neither_the_inputs_nor_the_outputs_is_named()
    {
        Variable<double> row = Row(1, 2), full = tape.Variable(M.Dense(3, 2, 1.0));
        Variable<double> y = Operation.Elementwise("odd", full, row, static (a, b, y) => a.CopyTo(y), static (a, b, y, dy) => dy, static (a, b, y, dy) => dy.Transpose());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => tape.Gradient(y.Sum(), row));
        Assert.Contains("The VJP of 'odd' is wrong: the gradient for input 2 is 2x3, the input is 1x2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_history_is_handed_on_from_any_input()
    {
        Variable<double> x = Row(1, 2), c = tape.Constant(M.Dense(1, 2, 3.0));
        Variable<double>[] lost, kept;
        using (tape.NoRecording())
        {
            lost =
            [
                x.Exp(), x.Exp().Exp(), x + c, c + x, x + x, (x + c) * c, c * (c + x), x.MatMul(c, transposeB: true), c.MatMul(x, transposeB: true),
                BlockOperations.ConcatenateRows(x, c), BlockOperations.ConcatenateRows(c, x), BlockOperations.ConcatenateRows(x, x), BlockOperations.ConcatenateRows(c, x.Exp()), BiasedOperations.Relu(c, x), BiasedOperations.Relu(x, c),
            ];
            kept = [c.Exp(), c + c, BlockOperations.ConcatenateRows(c, c)];
        }

        Assert.All(lost, y => Assert.Throws<InvalidOperationException>(() => tape.Gradient(y, x, cotangent: y)));
        Assert.All(lost, y => Assert.Throws<InvalidOperationException>(() => tape.Gradient(y.Sum(), x)));
        Assert.All(kept, y => Assert.Equal(M.Dense(1, 2), tape.Gradient(y, x, cotangent: y).Value));
    }

    [Fact]
    public void A_constant_that_takes_the_place_of_a_lost_result_has_lost_nothing()
    {
        Variable<double> x = Row(1, 2);
        using (tape.NoRecording())
            _ = x * x;
        tape.Reset();
        x = Row(1, 2);
        Assert.Equal(M.Dense(1, 2), tape.Gradient(tape.Constant(1.0), x).Value);
        tape.Reset();
        x = Row(1, 2);
        Assert.Equal(M.Dense(1, 2), tape.Gradient(tape.Constant(M.Dense(1, 1, 1.0)), x).Value);
    }

    [Fact]
    public void What_is_computed_from_constants_alone_is_not_recorded()
    {
        Variable<double> x = Row(1, 2), c = tape.Constant(M.Dense(1, 2, 3.0));
        int before = tape.Count;
        _ = (c + c).Exp().MatMul(c, transposeB: true);
        _ = BlockOperations.ConcatenateRows(c, c);
        Assert.Equal(before, tape.Count);
        foreach (Variable<double> y in new[] { x + c, c + x, x + x, BlockOperations.ConcatenateRows(x, c), BlockOperations.ConcatenateRows(c, x), BlockOperations.ConcatenateRows(x, x) })
            Assert.True(y.NeedsGradient);
        Assert.Equal(before + 6, tape.Count);
    }

    [Fact]
    public void Inputs_of_two_tapes_are_refused_by_every_kind_of_operation()
    {
        using Tape<double> second = new();
        Variable<double> x = Row(1, 2), foreign = second.Variable(M.Dense(1, 2, 1.0));
        Func<object>[] uses =
        [
            () => x + foreign,
            () => x.MatMul(foreign, transposeB: true),
            () => BiasedOperations.Identity(x, foreign),
            () => BlockOperations.ConcatenateRows(x, foreign),
            () => BlockOperations.ConcatenateColumns(x, x, foreign),
        ];
        Assert.All(uses, use => Assert.Contains("are on different tapes", Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(1, 3)]
    [InlineData(4, 1)]
    public void A_bias_is_one_row_of_the_width_of_the_input(int rows, int columns)
    {
        Variable<double> x = tape.Variable(M.Dense(2, 4, 1.0)), bias = tape.Variable(M.Dense(rows, columns, 1.0));
        Assert.Contains($"'add bias' of 2x4 and {rows}x{columns}: the bias must be 1x4.", Assert.Throws<ArgumentException>(() => BiasedOperations.Identity(x, bias)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_of_no_inputs_is_refused() => Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => Operation.Nary<double, int>(
        "many", [], Shape.Scalar, 0, static (x, y, _) => y.Clear(), static (i, x, y, dy, _) => dy)).ParamName);

    [Fact]
    public void An_operation_of_any_number_of_inputs_may_stand_where_one_of_another_number_stood()
    {
        foreach (int count in new[] { 3, 1, 4, 2, 2 })
        {
            tape.Reset();
            Variable<double> x = Row(1, 2);
            Variable<double>[] parts = [.. Enumerable.Repeat(x, count)];
            Assert.Equal(M.Dense(1, 2, count), tape.Gradient(BlockOperations.ConcatenateRows(parts).Sum(), x).Value);
        }
    }

    private Variable<double> Row(params double[] values) => tape.Variable(M.Dense(1, values.Length, values));
}
