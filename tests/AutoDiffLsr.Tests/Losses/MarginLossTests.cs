using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>What the losses of logits have in common: how the gradient is handed on, and what memory it takes.</summary>
public sealed class MarginLossTests
{
    private const int Rows = 8, Classes = 100, LogitsSize = Rows * Classes * sizeof(float);

    /// <summary>Made anew for each test: in mutation testing one process runs them for many mutants.</summary>
    private static Dictionary<string, ClassificationLoss> Losses => new()
    {
        ["ce"] = new CrossEntropy(),
        ["lsr"] = new LabelSmoothing(0.1),
        ["sparse-lsr"] = new SparseLabelSmoothing(0.1),
        ["sparse-lsr as published"] = new SparseLabelSmoothing(0.1, SparseLsrForm.AsPublished),
        ["ace"] = new AbsoluteCrossEntropy(1.5, 1.2),
        ["weighted and ignoring"] = new LabelSmoothing(0.1) { ClassWeights = [.. Enumerable.Range(1, Classes).Select(k => (double)k)], IgnoredLabel = 3 },
    };

    private static readonly Matrix<float> Logits = Matrix<float>.Build.Dense(Rows, Classes, (i, j) => ((7 * i) + (3 * j)) % 11);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(row => 3 * row)];

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_and_its_gradient_allocate_nothing_once_they_have_run(string name)
    {
        ClassificationLoss loss = Losses[name];
        Parameter<float> z = new("logits", Logits.Clone());
        Parameter<float>[] parameters = [z];
        using Tape<float> tape = new();
        void Step()
        {
            tape.Reset();
            tape.Gradients(loss.Compute(tape.Parameter(z), Labels), parameters);
        }

        for (int i = 0; i < 50; i++)
            Step();
        Assert.Equal(0, Allocations.Of(Step, times: 50));
    }

    [Fact]
    public void The_gradient_is_made_with_the_loss_and_handed_on_as_it_is()
    {
        using Tape<float> tape = new();
        Variable<float> z = tape.Variable(Logits), loss = new CrossEntropy().Compute(z, Labels);
        long forward = tape.Bytes;
        Assert.InRange(forward, LogitsSize, LogitsSize + 100);
        Variable<float> gradient = tape.Gradient(loss, z);
        Assert.InRange(tape.Bytes - forward, 0, 100);
        Assert.Equal(gradient, tape.Gradient(loss, z));
    }

    [Fact]
    public void No_memory_is_taken_for_a_gradient_that_nobody_can_ask_for()
    {
        using Tape<float> tape = new();
        Variable<float> z = tape.Variable(Logits);
        new CrossEntropy().Compute(tape.Constant(Logits), Labels);
        using (tape.NoRecording())
            new CrossEntropy().Compute(z, Labels);
        Assert.InRange(tape.Bytes, 0, 200);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cotangent_other_than_one_scales_the_gradient(string name)
    {
        using Tape<float> tape = new();
        Variable<float> z = tape.Variable(Logits), loss = Losses[name].Compute(z, Labels);
        Matrix<float> plain = tape.Gradient(loss, z).Value.Clone();
        Assert.Equal(2 * plain, tape.Gradient(2 * loss, z).Value);
        Assert.Equal(plain, tape.Gradient(loss, z).Value);
        Assert.Equal(-plain, tape.Gradient(loss, z, cotangent: tape.Constant(-1f)).Value);
    }

    [Fact]
    public void Each_row_may_have_a_cotangent_of_its_own()
    {
        using Tape<double> tape = new();
        Matrix<double> logits = Matrix<double>.Build.Dense(3, 4, (i, j) => i * j);
        Variable<double> z = tape.Variable(logits), losses = new LabelSmoothing(0.2) { Reduction = Reduction.None }.Compute(z, [0, 1, 2]);
        Matrix<double> each = tape.Gradient(losses, z, cotangent: tape.Constant(losses.Shape, 1.0)).Value.Clone();
        Matrix<double> weighted = tape.Gradient(losses, z, cotangent: tape.Constant(Matrix<double>.Build.Dense(3, 1, [1.0, 0, -2]))).Value;
        Assert.True(weighted.AlmostEqual(each.MapIndexed((i, _, g) => g * (1 - i - (0.5 * i * (i - 1)))), 1e-15));
        Variable<double> row = tape.Variable(logits.SubMatrix(1, 1, 0, 4)), one = new LabelSmoothing(0.2) { Reduction = Reduction.None }.Compute(row, [1]);
        Assert.True(tape.Gradient(one, row, cotangent: tape.Constant(-2.0)).Value.AlmostEqual(-2 * each.SubMatrix(1, 1, 0, 4), 1e-15));
    }

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.None)]
    public void One_row_has_the_same_loss_by_every_reduction(Reduction reduction)
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(1, 3, [1.0, 2, 3]);
        foreach (ClassificationLoss loss in new ClassificationLoss[] { new CrossEntropy { Reduction = reduction }, new CrossEntropy { Reduction = reduction, IgnoredLabel = 0 } })
            Assert.Equal(Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 2, loss.Run(logits, [1]).Loss[0, 0], 1e-15);
    }
}
