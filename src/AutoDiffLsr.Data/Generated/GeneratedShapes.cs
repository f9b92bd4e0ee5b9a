using System.Numerics;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// Colour pictures of 32 x 32 pixels, each of one of ten shapes in any place, size, turn and pair of colours, on a background that changes in brightness, with dots that
/// are no part of it and noise. What a picture shows does not depend on where it is, which a convolutional net knows and a multi-layer perceptron has to learn place
/// by place. A stand-in for CIFAR-10 that needs no file.
/// </summary>
public static class GeneratedShapes
{
    private const int Side = 32;

    private static readonly string[] Names = ["disc", "ring", "square", "frame", "triangle", "plus", "star", "crescent", "bars", "checker"];

    /// <summary>The size of the pictures.</summary>
    public static ImageSize ImageSize { get; } = new(Side, Side, 3);

    /// <summary>Draws the data; levels are in [0, 1], multiples of 1/255. The classes are equally frequent.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The pictures are a function of this number.</param>
    /// <param name="train">Samples to train on, at least 1.</param>
    /// <param name="test">Samples to test on, at least 1; their number does not change the training pictures, nor the other way round.</param>
    /// <returns>The training and the test part.</returns>
    public static TrainTestSplit<T> Create<T>(long seed, int train = 10_000, int test = 2_000)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        RandomSource random = new RandomSource(seed).Fork("shapes");
        return new(Draw<T>(random.Fork("train"), train), Draw<T>(random.Fork("test"), test));
    }

    private static Dataset<T> Draw<T>(RandomSource random, int count)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % Names.Length)];
        random.Shuffle(labels.AsSpan());
        byte[] picture = new byte[(int)ImageSize.Features];
        T[] samples = new T[checked(count * picture.Length)];
        for (int i = 0; i < count; i++)
        {
            new ShapePicture(random, Side).Draw(labels[i], picture);
            PixelScale.ToUnit(picture, samples.AsSpan(i * picture.Length));
        }

        return new("shapes", samples, picture.Length, labels, Names, imageSize: ImageSize);
    }
}
