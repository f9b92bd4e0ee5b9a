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
        : this(random => Mlp(widths, random), batch, optimizerName)
    {
    }

    /// <summary>A convolutional net of the library, with SGD.</summary>
    public TrainingStep(string net, ImageShape image, int batch)
        : this(random => Convolutional(net, image, random), batch, "sgd")
    {
    }

    private TrainingStep(Func<RandomSource, Sequential<float>> make, int batch, string optimizerName)
    {
        RandomSource random = new(seed: 1);
        model = make(random);
        optimizer = optimizerName == "adam"
            ? new Adam<float>(model.Parameters, learningRate: 1e-3)
            : new Sgd<float>(model.Parameters, learningRate: 0.01, momentum: 0.9);
        int inputs = model.InputColumns!.Value, outputs = model.OutputColumns(inputs);
        features = Normal(batch, inputs, random);
        targets = Normal(batch, outputs, random);
        labels = [.. Enumerable.Range(0, batch).Select(row => row % outputs)];
    }

    private static Sequential<float> Convolutional(string net, ImageShape image, RandomSource random) => net switch
    {
        "lenet5" => ConvolutionalNets.LeNet5<float>(image, 10, random),
        "cnn" => ConvolutionalNets.Small<float>(image, 10, random),
        _ => ConvolutionalNets.AlexNet<float>(image, 10, random),
    };

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
