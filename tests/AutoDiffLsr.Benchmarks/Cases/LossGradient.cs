using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Cases;

/// <summary>Value and gradient of a loss of given logits, as a user asks for them.</summary>
internal sealed class LossGradient
{
    private readonly Tape<float> tape = new();
    private readonly Matrix<float> logits;
    private readonly int[] labels;
    private readonly ClassificationLoss loss;

    public LossGradient(string name, int rows, int classes)
    {
        loss = Loss(name);
        logits = TrainingStep.Normal(rows, classes, new RandomSource(seed: 1));
        labels = [.. Enumerable.Range(0, rows).Select(row => row * 7919 % classes)];
    }

    public static ClassificationLoss Loss(string name) => name switch
    {
        "ce" => new CrossEntropy(),
        "lsr" => new LabelSmoothing(0.1),
        _ => new SparseLabelSmoothing(0.1),
    };

    public void Run()
    {
        tape.Reset();
        Variable<float> z = tape.Variable(logits);
        tape.Gradient(loss.Compute(z, labels), z);
    }
}
