using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>Well-known convolutional nets, with the layers of their PyTorch sources, for images of any size that they fit.</summary>
public static class ConvolutionalNets
{
    /// <summary>
    /// LeNet-5 (LeCun et al. 1998) as it is usually written today: 6 and 16 channels of kernel 5 with ReLU and max-pooling, then 120, 84 and the classes. On 28 x 28
    /// images the first convolution is padded, as in the paper's 32 x 32.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="image">The images, C x H x W, of at least 12 x 12 pixels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="random">Where the weights are drawn from.</param>
    /// <returns>The net.</returns>
    /// <exception cref="ArgumentException">The images are too small.</exception>
    public static Sequential<T> LeNet5<T>(ImageShape image, int classes, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Conv2D<T> first = new(image, 6, kernel: 5, random, padding: image.Height < 32 ? 2 : 0);
        MaxPool2D<T> firstPool = new(first.Shape.Output, 2);
        Conv2D<T> second = new(firstPool.Shape.Output, 16, kernel: 5, random);
        MaxPool2D<T> secondPool = new(second.Shape.Output, 2);
        return
        [
            first, new Relu<T>(), firstPool, second, new Relu<T>(), secondPool, new Flatten<T>(),
            new Dense<T>(secondPool.Shape.Output.Columns, 120, random), new Relu<T>(), new Dense<T>(120, 84, random), new Relu<T>(), new Dense<T>(84, classes, random),
        ];
    }

    /// <summary>
    /// The net of PyTorch's MNIST example: 32 and 64 channels of kernel 3 with ReLU, max-pooling, dropout of a quarter, 128 hidden units, dropout of a half, the classes.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="image">The images, C x H x W, of at least 6 x 6 pixels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="random">Where the weights are drawn from; the dropout masks are drawn from a fork of it.</param>
    /// <returns>The net.</returns>
    /// <exception cref="ArgumentException">The images are too small.</exception>
    public static Sequential<T> Small<T>(ImageShape image, int classes, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        RandomSource masks = random.Fork("dropout");
        Conv2D<T> first = new(image, 32, kernel: 3, random), second = new(first.Shape.Output, 64, kernel: 3, random);
        MaxPool2D<T> pool = new(second.Shape.Output, 2);
        return
        [
            first, new Relu<T>(), second, new Relu<T>(), pool, new Dropout<T>(0.25, unchecked((long)masks.Fork("first").State)), new Flatten<T>(),
            new Dense<T>(pool.Shape.Output.Columns, 128, random), new Relu<T>(), new Dropout<T>(0.5, unchecked((long)masks.Fork("second").State)), new Dense<T>(128, classes, random),
        ];
    }

    /// <summary>
    /// AlexNet (Krizhevsky et al. 2012) cut down to CIFAR's 32 x 32 pixels, as in the experiments of the paper on sparse label smoothing: 64, 192, 384, 256 and 256 channels of
    /// kernel 3, three max-poolings, 4096 and 4096 hidden units. Weights are He normal, biases 0.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="image">The images, C x H x W, of at least 15 x 15 pixels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="random">Where the weights are drawn from.</param>
    /// <returns>The net; its features are the outputs of the last ReLU.</returns>
    /// <exception cref="ArgumentException">The images are too small.</exception>
    public static Sequential<T> AlexNet<T>(ImageShape image, int classes, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Initializer he = Initializer.KaimingNormal();
        Conv2D<T> first = new(image, 64, kernel: 3, random, stride: 2, padding: 1, initializer: he);
        MaxPool2D<T> firstPool = new(first.Shape.Output, 2);
        Conv2D<T> second = new(firstPool.Shape.Output, 192, kernel: 3, random, padding: 1, initializer: he);
        MaxPool2D<T> secondPool = new(second.Shape.Output, 2);
        Conv2D<T> third = new(secondPool.Shape.Output, 384, kernel: 3, random, padding: 1, initializer: he);
        Conv2D<T> fourth = new(third.Shape.Output, 256, kernel: 3, random, padding: 1, initializer: he);
        Conv2D<T> fifth = new(fourth.Shape.Output, 256, kernel: 3, random, padding: 1, initializer: he);
        MaxPool2D<T> lastPool = new(fifth.Shape.Output, 2);
        return
        [
            first, new Relu<T>(), firstPool, second, new Relu<T>(), secondPool, third, new Relu<T>(), fourth, new Relu<T>(), fifth, new Relu<T>(), lastPool, new Flatten<T>(),
            new Dense<T>(lastPool.Shape.Output.Columns, 4096, random, initializer: he), new Relu<T>(),
            new Dense<T>(4096, 4096, random, initializer: he), new Relu<T>(), new Dense<T>(4096, classes, random, initializer: he),
        ];
    }
}
