using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/10-how-fast-and-why.md.</summary>
public sealed class Page10Solutions
{
    private static readonly Matrix<double> Logits = Matrix<double>.Build.Dense(4, 3, (i, j) => Math.Sin((3 * i) + j));

    [Fact]
    public void A_fused_operation_is_one_entry()
    {
        using var tape = new Tape<double>();
        Variable<double> z = tape.Variable(Logits);
        int before = tape.Count;
        z.LogSoftmax();
        Assert.Equal(1, tape.Count - before);
        _ = z - z.LogSumExp();
        Assert.Equal(3, tape.Count - before);
    }

    /// <summary>Nothing is taken back before Reset, so both grow by the same amount with every step.</summary>
    [Fact]
    public void Without_reset_the_tape_grows_with_every_step()
    {
        using var tape = new Tape<double>();
        Step();
        (int count, long bytes) = (tape.Count, tape.Bytes);
        for (int i = 1; i < 10; i++)
            Step();
        Assert.Equal(10 * count, tape.Count);
        Assert.InRange(tape.Bytes, 5 * bytes, 15 * bytes);
        tape.Reset();
        Step();
        Assert.Equal(count, tape.Count);

        void Step()
        {
            Variable<double> z = tape.Variable(Logits);
            tape.Gradient(new CrossEntropy().Compute(z.Tanh(), [0, 1, 2, 0]), z);
        }
    }

    /// <summary>They may share the model, whose parameters are only read, and must not share a tape. Gradients of a tape are added when both are done.</summary>
    [Fact]
    public void Two_threads_need_a_tape_each()
    {
        Sequential<double> model = new(new Dense<double>(3, 3, new RandomSource(seed: 1)));
        ParameterGradients<double>[] halves = [new(model.Parameters), new(model.Parameters)];
        Parallel.For(0, 2, i => halves[i].Add(GradientsOf(Logits.SubMatrix(2 * i, 2, 0, 3), i == 0 ? [0, 1] : [2, 0]), factor: 0.5));
        halves[0].Add(halves[1]);

        ParameterGradients<double> whole = GradientsOf(Logits, [0, 1, 2, 0]);
        foreach (Parameter<double> parameter in model.Parameters)
            Assert.True(whole[parameter].AlmostEqual(halves[0][parameter], 1e-14));

        ParameterGradients<double> GradientsOf(Matrix<double> samples, int[] labels)
        {
            using Tape<double> tape = new();
            ParameterGradients<double> gradients = new(model.Parameters);
            gradients.Add(tape.Gradients(new CrossEntropy().Compute(model.Forward(tape.Constant(samples)), labels), model.Parameters));
            return gradients;
        }
    }
}
