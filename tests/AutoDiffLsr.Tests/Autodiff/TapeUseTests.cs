using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>How a tape is meant to be used: by one thread at a time, with gradients inside functions, and with names to find one's way.</summary>
public sealed class TapeUseTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void Two_threads_in_one_tape_are_noticed_and_named()
    {
        Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 2, 1.0));
        using Barrier both = new(2);
        Exception? found = null;
        Thread other = new(() =>
        {
            both.SignalAndWait();
            found = Record.Exception(() => x.Exp());
            both.SignalAndWait();
        });
        other.Start();
        Exception? mine = Record.Exception(() => Operation.Elementwise("slow", x, (x, y) =>
        {
            both.SignalAndWait();
            both.SignalAndWait();
            x.CopyTo(y);
        }, static (x, y, dy) => dy));
        other.Join();
        Assert.Null(found);
        Assert.Contains("Two threads used this tape at once", Assert.IsType<InvalidOperationException>(mine).Message, StringComparison.Ordinal);
        Assert.Contains("Two threads used this tape at once", Assert.Throws<InvalidOperationException>(() => tape.Constant(1.0)).Message, StringComparison.Ordinal);
        tape.Dispose();
        Assert.True(tape.IsDisposed);
    }

    /// <summary>Who starts first may end first: then the other one finds out.</summary>
    [Fact]
    public void Two_threads_whose_operations_cross_are_noticed_as_well()
    {
        Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 2, 1.0));
        using Barrier both = new(2);
        Exception? found = null;
        Thread other = new(() =>
        {
            both.SignalAndWait();
            found = Record.Exception(() => Operation.Elementwise("later", x, (x, y) =>
            {
                both.SignalAndWait();
                both.SignalAndWait();
            }, static (x, y, dy) => dy));
        });
        other.Start();
        Exception? mine = Record.Exception(() => Operation.Elementwise("earlier", x, (x, y) =>
        {
            both.SignalAndWait();
            both.SignalAndWait();
        }, static (x, y, dy) => dy));
        both.SignalAndWait();
        other.Join();
        Assert.Contains("Two threads used this tape at once", Assert.IsType<InvalidOperationException>(mine).Message, StringComparison.Ordinal);
        Assert.Contains("Two threads used this tape at once", Assert.IsType<InvalidOperationException>(found).Message, StringComparison.Ordinal);
    }

    /// <summary>A kernel may use the tape of its input, also where another thread used the tape before, and one that throws leaves the tape usable by any thread.</summary>
    [Fact]
    public async Task An_operation_inside_another_one_is_no_second_thread()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 2, 3.0)), row = tape.Variable(M.Dense(2, 1, 1.0));
        await Task.Run(() => x + row);
        Variable<double> outer = Operation.Elementwise("outer", x, (_, y) => ((x * x) + x.Exp()).Value.Row(0).Multiply(2).ToArray().CopyTo(y), static (x, y, dy) => dy);
        Assert.Equal(2 * (9 + Math.Exp(3)), outer.Value[0, 1], 12);
        Assert.Throws<FormatException>(() => Operation.Elementwise("broken", x, (_, _) => throw new FormatException(), static (x, y, dy) => dy));
        Assert.Equal(4.0, (await Task.Run(() => x + row)).Value[1, 1]);
        Assert.Equal(9.0, (x * x).Value[0, 0]);
    }

    [Fact]
    public async Task One_thread_after_the_other_is_no_matter()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 3.0));
        Variable<double> y = await Task.Run(() => x * x);
        Assert.Equal(6.0, (await Task.Run(() => tape.Gradient(y, x))).Scalar);
        Assert.Equal(12.0, tape.Gradient(y * 2, x).Scalar);
    }

    [Fact]
    public void A_function_that_takes_gradients_inside_works_where_nothing_is_recorded()
    {
        using Tape<double> tape = new();
        Matrix<double> point = M.Dense(1, 2, [0.3, -0.7]);
        Variable<double> x = tape.Variable(point), recorded = Force(x), ofConstant = Force(tape.Constant(point)), predicted;
        using (tape.NoRecording())
        {
            predicted = Force(tape.Constant(point));
            Assert.False(tape.IsRecording);
        }

        Matrix<double> right = point.Map(z => -(1 - (Math.Tanh(z) * Math.Tanh(z))));
        Assert.All(new[] { recorded, ofConstant, predicted }, force => Assert.True((force.Value - right).InfinityNorm() <= 1e-15));
        Assert.True(recorded.NeedsGradient);
        Assert.Equal(x, x.OnRecord());
        Matrix<double> second = point.Map(z => 2 * Math.Tanh(z) * (1 - (Math.Tanh(z) * Math.Tanh(z))));
        Assert.True((tape.Gradient(recorded.Sum(), x).Value - second).InfinityNorm() <= 1e-15);

        static Variable<double> Force(Variable<double> position)
        {
            using RecordingScope<double> on = position.Tape.Recording();
            position = position.OnRecord();
            return -position.Tape.Gradient(position.Tanh().Sum(), position, createGraph: true);
        }
    }

    [Fact]
    public void Without_recording_the_message_names_the_scope()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(1, 1, 3.0));
        using RecordingScope<double> off = tape.NoRecording();
        Assert.Contains("using (tape.Recording())", Assert.Throws<InvalidOperationException>(() => tape.Gradient(x * x, x)).Message, StringComparison.Ordinal);
        Assert.Contains("OnRecord()", Assert.Throws<ArgumentException>(() => tape.Gradient(x, tape.Constant(1.0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_have_names()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 3), "pixels"), c = tape.Constant(M.Dense(2, 2), "targets");
        Assert.Equal(("pixels", "targets", "pixels 2x3"), (x.Name, c.Name, x.ToString()));
        Assert.Equal(["pixels", "exp"], tape.Entries().Select(entry => entry.Variable.Name).Append(x.Exp().Name));
        Assert.Contains("wrt[0] (targets 2x2)", Assert.Throws<ArgumentException>(() => tape.Gradient(x.Sum(), c)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => tape.Variable(M.Dense(1, 1), ""));
    }

    [Fact]
    public void A_debugger_shows_shape_and_first_numbers()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(M.Dense(2, 5, (i, j) => i + (j / 3.0)), "pixels");
        Assert.Equal("pixels 2x5 [0, 0.33333, 0.66667, 1, ...; 1, 1.3333, 1.6667, 2, ...]", Shown(x));
        Assert.Equal("constant 1x1 [7], no gradient", Shown(tape.Constant(7.0)));
        Assert.Equal("(no variable)", Shown(default(Variable<double>)));
        Assert.Equal("w 1x2 [1, 1], version 0", Shown(new Parameter<double>("w", M.Dense(1, 2, 1.0))));
        tape.Reset();
        Assert.Equal("(variable of an earlier step)", Shown(x));

        static object? Shown<TShown>(TShown value) => typeof(TShown).GetProperty("DebuggerText", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(value);
    }

    [Fact]
    public void A_forgotten_reset_is_named_as_what_it_is()
    {
        using Tape<double> tape = new();
        Parameter<double> w = new("w", M.Dense(1, 1, 2.0));
        Variable<double> outside = tape.Parameter(w);
        Assert.Equal(4.0, tape.Gradient(outside * outside, w).Scalar);
        w.Update()[0] = 1;
        Fails("begin each step with tape.Reset()");
        _ = tape.Parameter(w);
        Fails("tape.Reset() at the start of each step is missing");
        tape.Reset();
        Variable<double> anew = tape.Parameter(w);
        Assert.Equal(2.0, tape.Gradient(anew * anew, w).Scalar);

        void Fails(string message) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => tape.Gradient(outside * outside, w)).Message, StringComparison.Ordinal);
    }
}
