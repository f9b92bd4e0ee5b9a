using System.Numerics;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// Grey 28 x 28 images of digits that look handwritten, drawn from stroke skeletons: no two are alike in position, size, slant, turn, bend,
/// pen and noise. A stand-in for MNIST that needs no file.
/// </summary>
public static class GeneratedDigits
{
    /// <summary>The size of the images.</summary>
    public static ImageSize ImageSize { get; } = new(28, 28);

    /// <summary>Draws the data; pixels are in [0, 1], multiples of 1/255, 1 is ink. The classes are equally frequent.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The images are a function of this number.</param>
    /// <param name="train">Samples to train on, at least 2.</param>
    /// <param name="test">Samples to test on, at least 2; their number does not change the training images, nor the other way round.</param>
    /// <returns>The training and the test part.</returns>
    public static TrainTestSplit<T> Create<T>(long seed, int train = 10_000, int test = 2_000)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        RandomSource random = new RandomSource(seed).Fork("digits");
        return new(Draw<T>(random.Fork("train"), train), Draw<T>(random.Fork("test"), test));
    }

    private static Dataset<T> Draw<T>(RandomSource random, int count)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 10)];
        random.Shuffle(labels.AsSpan());
        byte[] image = new byte[ImageSize.Pixels];
        var samples = new T[checked(count * image.Length)];
        DigitWriter writer = new(random, ImageSize);
        for (int i = 0; i < count; i++)
        {
            writer.Write(labels[i], image);
            PixelScale.ToUnit(image, samples.AsSpan(i * image.Length));
        }

        string[] names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        return new("digits", samples, image.Length, labels, names, imageSize: ImageSize);
    }
}
