using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Formats;

/// <summary>Nets with every layer of the box, and numbers in all their state.</summary>
internal static class Nets
{
    /// <summary>4 columns in, 3 out; a layer of one input, an inner Sequential, a layer without bias, one that stands in two places.</summary>
    public static Sequential<T> Every<T>(long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        Dense<T> shared = new(5, 5, random);
        Sequential<T> net = new(
            new Dense<T>(4, 1, random),
            new Dense<T>(1, 5, random),
            new BatchNorm<T>(5, momentum: 0.3, epsilon: 1e-3),
            new Relu<T>(),
            new Sequential<T>(shared, new LeakyRelu<T>(0.2), new Dropout<T>(0.25, seed: 99), new Gelu<T>()),
            shared,
            new LayerNorm<T>(5, epsilon: 1e-4),
            new Tanh<T>(),
            new Dense<T>(5, 4, random, bias: false),
            new Softplus<T>(),
            new Sigmoid<T>(),
            new Dense<T>(4, 3, random));
        TrainAWhile(net, 4);
        return net;
    }

    /// <summary>Images of 2x6x6 in, 3 columns out; groups, a convolution without bias, and shortcuts.</summary>
    public static Sequential<T> OfImages<T>(long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        ImageShape image = new(2, 6, 6), hidden = new(4, 6, 6), small = new(4, 3, 3);
        Sequential<T> net = new(
            new Conv2D<T>(image, 4, kernel: 3, random, padding: 1, groups: 2),
            new BatchNorm2D<T>(hidden, momentum: 0.3, epsilon: 1e-3),
            new Silu<T>(),
            new MaxPool2D<T>(hidden, kernel: 3, stride: 2, padding: 1),
            new Residual<T>(new Sequential<T>(new Conv2D<T>(small, 4, kernel: 3, random, padding: 1, bias: false), new Elu<T>(0.5)), new Conv2D<T>(small, 4, kernel: 1, random)),
            new AveragePool2D<T>(small, kernel: 2, stride: 1, padding: 1, countPadding: false),
            new GlobalAveragePool2D<T>(new ImageShape(4, 4, 4)),
            new Flatten<T>(),
            new Dense<T>(4, 3, random));
        TrainAWhile(net, image.Columns);
        return net;
    }

    /// <summary>2 columns of indices below 5 in, 3 columns out.</summary>
    public static Sequential<T> OfIndices<T>(long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        return new(new Embedding<T>(5, 3, random, length: 2), new Dense<T>(6, 3, random));
    }

    public static Matrix<T> Indices<T>(int rows)
        where T : struct, IFloatingPointIeee754<T> => Matrix<T>.Build.Dense(rows, 2, (row, column) => T.CreateTruncating(((3 * row) + (2 * column)) % 5));

    /// <summary>Runs batches in training mode, so that running statistics, counters and random states are not those of the start.</summary>
    public static void TrainAWhile<T>(Layer<T> net, int columns)
        where T : struct, IFloatingPointIeee754<T>
    {
        using Tape<T> tape = new();
        net.UseTrainingMode();
        for (int step = 0; step < 3; step++)
        {
            net.Forward(tape.Constant(Samples<T>(6, columns, step)));
            tape.Reset();
        }
    }

    public static Matrix<T> Samples<T>(int rows, int columns, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        return Matrix<T>.Build.Dense(rows, columns, (_, _) => T.CreateTruncating(random.NextNormal()));
    }

    /// <summary>The output of a net in the mode that it is in.</summary>
    public static Matrix<T> Output<T>(Layer<T> net, Matrix<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        using Tape<T> tape = new();
        return net.Forward(tape.Constant(x)).Value.Clone();
    }
}
