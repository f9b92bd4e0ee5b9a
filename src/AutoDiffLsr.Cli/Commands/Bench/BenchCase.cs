using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Bench;

/// <summary>A piece of work that users do, and what it costs at least.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Prepare">Makes it ready and returns one call of it.</param>
internal sealed record BenchCase(string Name, Func<Action> Prepare)
{
    /// <summary>Multiplications and additions in the products of a call; 0 where memory is the measure.</summary>
    public double Operations { get; private init; }

    /// <summary>Bytes that a call must read and write.</summary>
    public double Bytes { get; private init; }

    public static IEnumerable<BenchCase> All() =>
    [
        Step([2, 16, 16, 2], 32, adam: false),
        Step([64, 32, 10], 32, adam: false),
        Step([784, 128, 10], 128, adam: false),
        Step([784, 128, 10], 128, adam: true),
        Step([784, 512, 512, 10], 128, adam: false),
        Product(256),
        Product(512),
        Loss(128, 10),
        Loss(512, 1000),
        Loss(128, 50257),
    ];

    private static BenchCase Step(int[] widths, int batch, bool adam) => new(
        $"step {string.Join('-', widths)} batch {batch} {(adam ? "adam" : "sgd")}", () => TrainingStep(widths, batch, adam))
    {
        Operations = 2.0 * batch * Enumerable.Range(0, widths.Length - 1).Sum(layer => (layer == 0 ? 2 : 3) * widths[layer] * widths[layer + 1]),
    };

    private static BenchCase Product(int side) => new($"product {side}x{side}x{side}", () =>
    {
        RandomSource random = new(seed: 1);
        Tape<float> tape = new();
        Matrix<float> a = Normal(side, side, random), b = Normal(side, side, random);
        return () =>
        {
            tape.Reset();
            tape.Constant(a).MatMul(tape.Constant(b));
        };
    })
    {
        Operations = 2.0 * side * side * side,
    };

    private static BenchCase Loss(int rows, int classes) => new($"loss sparse-lsr {rows}x{classes}", () =>
    {
        Tape<float> tape = new();
        SparseLabelSmoothing loss = new(0.1);
        Matrix<float> logits = Normal(rows, classes, new RandomSource(seed: 1));
        int[] labels = Labels(rows, classes);
        return () =>
        {
            tape.Reset();
            Variable<float> z = tape.Variable(logits);
            tape.Gradient(loss.Compute(z, labels), z);
        };
    })
    {
        Bytes = 2.0 * sizeof(float) * rows * classes, // the logits are read, the gradient is written
    };

    private static Action TrainingStep(int[] widths, int batch, bool adam)
    {
        RandomSource random = new(seed: 1);
        Sequential<float> model = Mlp(widths, random);
        Optimizer<float> optimizer = adam ? new Adam<float>(model.Parameters) : new Sgd<float>(model.Parameters, 0.01, momentum: 0.9);
        Matrix<float> features = Normal(batch, widths[0], random);
        int[] labels = Labels(batch, widths[^1]);
        CrossEntropy loss = new();
        Tape<float> tape = new();
        return () =>
        {
            tape.Reset();
            Variable<float> logits = model.Forward(tape.Constant(features));
            optimizer.Step(tape.Gradients(loss.Compute(logits, labels), model.Parameters));
        };
    }

    private static Sequential<float> Mlp(int[] widths, RandomSource random)
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

    private static Matrix<float> Normal(int rows, int columns, RandomSource random) =>
        Matrix<float>.Build.Dense(rows, columns, (_, _) => (float)random.NextNormal());

    private static int[] Labels(int rows, int classes) => [.. Enumerable.Range(0, rows).Select(row => row % classes)];
}
