using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class ImageLayerTests
{
    [Fact]
    public void LeNet_prints_the_images_between_its_layers()
    {
        string[] lines = ConvolutionalNets.LeNet5<float>(new ImageShape(1, 28, 28), 10, new RandomSource(1)).ToString().Split('\n');
        Assert.Equal("0      Conv2D 1x28x28 -> 6x28x28, kernel 5, padding 2  N x 4704 (6x28x28)          156", lines[1]);
        Assert.Equal("5      MaxPool2D 16x10x10 -> 16x5x5, window 2          N x 400 (16x5x5)              0", lines[6]);
        Assert.Equal("6      Flatten                                         N x 400                       0", lines[7]);
        Assert.EndsWith("61,706", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_nets_have_the_parameters_of_their_sources()
    {
        Assert.Equal(1_199_882, ConvolutionalNets.Small<float>(new ImageShape(1, 28, 28), 10, new RandomSource(1)).CountParameters());
        Assert.Equal(23_272_266, ConvolutionalNets.AlexNet<float>(new ImageShape(3, 32, 32), 10, new RandomSource(1)).CountParameters());
    }

    [Fact]
    public void Images_that_do_not_fit_are_both_named()
    {
        RandomSource random = new(1);
        Conv2D<float> first = new(new ImageShape(1, 6, 6), 2, kernel: 3, random);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Sequential<float>(first, new Relu<float>(), new MaxPool2D<float>(new ImageShape(2, 2, 8), 2)));
        Assert.Contains("Layer 2 (MaxPool2D 2x2x8 -> 2x1x4, window 2) takes images of 2x2x8, but its input has 2x4x4.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => new Sequential<float>(first, new MaxPool2D<float>(new ImageShape(2, 6, 6), 2)));
        Assert.Contains("takes images of 2x6x6, but its input has 2x4x4", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => new Sequential<float>(new Dense<float>(3, 30, random), first));
        Assert.Contains("takes 36 columns (1x6x6), but its input has 30.", error.Message, StringComparison.Ordinal);
        using Tape<float> tape = new();
        error = Assert.Throws<ArgumentException>(() => first.Forward(tape.Constant(new Shape(2, 35), 0f)));
        Assert.Contains("takes 36 columns (1x6x6), but its input has 35.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shortcut_of_another_width_is_named()
    {
        RandomSource random = new(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Residual<float>(new Dense<float>(4, 5, random)));
        Assert.Contains("of 4 columns the layer makes 5, its shortcut (x itself) leaves 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_has_no_vector_is_named()
    {
        Embedding<float> embedding = new(3, 2, new RandomSource(1), length: 2);
        using Tape<float> tape = new();
        foreach (float wrong in new[] { 3, -1, 0.5f, float.NaN })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => embedding.Forward(tape.Constant(Matrix<float>.Build.DenseOfArray(new[,] { { 0, 1 }, { 2, wrong } }))));
            Assert.Contains("The index in row 1, column 1 is", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Batch_normalization_of_images_leaves_each_channel_with_mean_0_and_variance_1()
    {
        RandomSource random = new(1);
        BatchNorm2D<double> norm = new(new ImageShape(2, 3, 2));
        using Tape<double> tape = new();
        Matrix<double> y = norm.Forward(tape.Constant(Matrix<double>.Build.Dense(5, 12, (_, column) => (column / 6 * 10) + random.NextNormal()))).Value;
        for (int channel = 0; channel < 2; channel++)
        {
            double[] numbers = [.. y.SubMatrix(0, 5, 6 * channel, 6).Enumerate()];
            Assert.Equal(0, numbers.Average(), 1e-12);
            Assert.Equal(1, numbers.Average(value => value * value), 1e-4);
        }

        Assert.InRange(norm.RunningMean[0, 1], 0.9, 1.1);
    }
}
