using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class TapeMemoryTests
{
    private static readonly MatrixBuilder<float> M = Matrix<float>.Build;

    [Fact]
    public void A_first_order_sweep_gives_temporaries_back_as_it_goes()
    {
        // A chain of k operations on n x n: k values stay for the VJPs, but the sweep itself needs a handful of buffers, not several for each of the k.
        const int Length = 50, Side = 32;
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(M.Dense(Side, Side, 0.5f)), y = x;
        for (int i = 0; i < Length; i++)
            y = y.Tanh();
        long forward = tape.Bytes;
        tape.Gradient(y.Sum(), x);
        const int OneBuffer = Side * Side * sizeof(float);
        Assert.InRange(tape.Bytes - forward, OneBuffer, 8 * OneBuffer);
    }

    [Fact]
    public void Repeating_a_step_does_not_grow_the_tape()
    {
        using Tape<float> tape = new();
        Matrix<float> input = M.Dense(3, 5, 0.5f);
        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Variable(input);
            Variable<float> y = (x.Tanh() * x + x.SumOverRows()).Sum();
            Variable<float> g = tape.Gradient(y, x, createGraph: true);
            tape.Gradient(g.Square().Sum(), x);
        }

        Step();
        Step();
        long bytes = tape.Bytes;
        for (int i = 0; i < 20; i++)
            Step();
        Assert.Equal(bytes, tape.Bytes);
    }

    [Fact]
    public void The_list_holds_any_number_of_entries_and_is_empty_after_a_reset()
    {
        using Tape<float> tape = new();
        for (int step = 0; step < 2; step++)
        {
            Variable<float>[] inputs = [.. Enumerable.Range(0, 100).Select(i => tape.Variable(M.Dense(1, 1, i)))];
            Variable<float>[] constants = [.. Enumerable.Range(0, 100).Select(i => tape.Constant((float)i))];
            Assert.Equal(100, tape.Count);
            Assert.All(Enumerable.Range(0, 100), i => Assert.Equal((i, (float)i), (inputs[i].Scalar, constants[i].Scalar)));
            tape.Reset();
            Assert.Equal(0, tape.Count);
        }
    }

    [Fact]
    public void Constants_and_predictions_take_their_memory_from_the_step_before()
    {
        using Tape<float> tape = new();
        Matrix<float> input = M.Dense(3, 5, 0.5f);
        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Constant(input), c = tape.Constant(new Shape(3, 5), 2);
            _ = (x * c).Tanh() + x;
        }

        for (int i = 0; i < 50; i++)
        {
            Step();
            Assert.Equal(4 * 15 * sizeof(float), tape.Bytes);
        }

        Assert.Equal(0, Allocations.Of(Step, times: 100));
    }

    [Fact]
    public void Results_of_no_recording_are_constants_with_the_same_values()
    {
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(M.Dense(2, 2, 0.3f));
        int before = tape.Count;
        Matrix<float> plain;
        using (tape.NoRecording())
        {
            Variable<float> y = x.Tanh().MatMul(x);
            Assert.False(y.NeedsGradient);
            Assert.Equal(before, tape.Count);
            plain = y.Value.Clone();
        }

        Assert.True(tape.IsRecording);
        Assert.Equal(plain, x.Tanh().MatMul(x).Value);
    }

    [Fact]
    public void A_detached_value_is_a_constant()
    {
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(M.Dense(1, 1, 3f));
        Variable<float> y = x.Square();
        Assert.Equal(9f, tape.Gradient(x * y.Detach(), x).Scalar);
        Assert.Equal(27f, tape.Gradient(x * y, x).Scalar);
    }

    [Fact]
    public void Inputs_and_parameters_are_not_copied()
    {
        using Tape<float> tape = new();
        Matrix<float> input = M.Dense(2, 2, 1f);
        Parameter<float> w = new("weight", M.Dense(2, 2, 2f));
        Assert.Same(input, tape.Constant(input).Value);
        Assert.Same(w.Value, tape.Parameter(w).Value);
        Assert.Equal(tape.Parameter(w), tape.Parameter(w));
    }

    [Fact]
    public void A_sparse_input_is_taken_as_a_dense_copy()
    {
        using Tape<float> tape = new();
        Matrix<float> sparse = M.SparseIdentity(3);
        Assert.Equal(sparse, tape.Constant(sparse).Exp().Log().Value);
    }

    /// <summary>That memory is not a tape's own is remembered by the parameter, for that tape only.</summary>
    [Fact]
    public void A_parameter_over_memory_of_a_tape_is_refused_there_once_it_was_given_back_whatever_other_tapes_found()
    {
        using Tape<double> owner = new(), other = new();
        Parameter<double> parameter = new("kept", owner.Variable(Matrix<double>.Build.Dense(2, 2, 3.0)).Square().Value);
        Assert.Equal(9.0, other.Parameter(parameter).Value[0, 0]);
        Assert.Equal(9.0, owner.Parameter(parameter).Value[0, 0]);
        owner.Reset();
        other.Reset();
        Assert.Equal(new Shape(2, 2), other.Parameter(parameter).Shape); // the other tape cannot know
        Assert.Contains("its memory has been given back", Assert.Throws<InvalidOperationException>(() => owner.Parameter(parameter)).Message, StringComparison.Ordinal);
    }
}
