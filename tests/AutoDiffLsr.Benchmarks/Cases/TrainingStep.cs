using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Cases;

/// <summary>
/// A step of training as a user writes it: forward, loss, gradients, optimizer, on one batch again and again. Squared error where the net has one
/// output, cross-entropy otherwise.
/// </summary>
internal sealed class TrainingStep
{
    private readonly Tape<float> tape = new();
    private readonly Sequential<float> model;
    private readonly Optimizer<float> optimizer;
    private readonly Matrix<float> features, targets;
    private readonly int[] labels;
    private readonly CrossEntropy crossEntropy = new();
    private readonly MeanSquaredError squaredError = new();

    public TrainingStep(int[] widths, int batch, string optimizerName)
    {
        RandomSource random = new(seed: 1);
        model = Mlp(widths, random);
        optimizer = optimizerName == "adam"
            ? new Adam<float>(model.Parameters, learningRate: 1e-3)
            : new Sgd<float>(model.Parameters, learningRate: 0.01, momentum: 0.9);
        features = Normal(batch, widths[0], random);
        targets = Normal(batch, widths[^1], random);
        labels = [.. Enumerable.Range(0, batch).Select(row => row % widths[^1])];
    }

    public static Sequential<float> Mlp(int[] widths, RandomSource random)
    {
        List<Layer<float>> layers = [];
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            if (i > 0)
                layers.Add(new Relu<float>());
            layers.Add(new Dense<float>(widths[i], widths[i + 1], random));
        }

        return new Sequential<float>([.. layers]);
    }

    public static Matrix<float> Normal(int rows, int columns, RandomSource random) =>
        Matrix<float>.Build.Dense(rows, columns, (_, _) => (float)random.NextNormal());

    public void Run()
    {
        tape.Reset();
        Variable<float> output = model.Forward(tape.Constant(features));
        Variable<float> loss = output.Columns == 1 ? squaredError.Compute(output, tape.Constant(targets)) : crossEntropy.Compute(output, labels);
        optimizer.Step(tape.Gradients(loss, model.Parameters));
    }
}
