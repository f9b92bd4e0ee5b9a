using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>A convolution of images with learned kernels, PyTorch's <c>Conv2d</c>: output channel k is Σ over the input channels of x * weight[k], plus bias[k].</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Conv2D<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="input">The images that it takes, C x H x W.</param>
    /// <param name="outputChannels">K, the channels that it gives.</param>
    /// <param name="kernel">The size of the kernel: one number, or (height, width).</param>
    /// <param name="random">Where the weights, then the bias are drawn from.</param>
    /// <param name="stride">The step of the kernel; 1 by default.</param>
    /// <param name="padding">The border of zeros on each side; none by default.</param>
    /// <param name="dilation">The distance of two pixels that the kernel reads; 1 by default.</param>
    /// <param name="groups">Into how many groups the channels fall, each convolved on its own.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="initializer">
    /// How the weights are chosen; the bias is then zero. By default both are as PyTorch has them, uniform in ±1/√(C / groups · kernel height · kernel width).
    /// </param>
    /// <exception cref="ArgumentException">A number is out of range, the kernel does not fit the image, or the groups do not divide the channels.</exception>
    public Conv2D(
        ImageShape input,
        int outputChannels,
        Size2D kernel,
        RandomSource random,
        Size2D? stride = null,
        Size2D? padding = null,
        Size2D? dilation = null,
        int groups = 1,
        bool bias = true,
        Initializer? initializer = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        Shape = new ConvolutionShape(input, outputChannels, kernel, stride, padding, dilation, groups);
        Weight = Make("weight", Shape.WeightRows, initializer ?? Initializer.FanInUniform, random);
        Bias = bias ? Make("bias", 1, initializer is null ? Initializer.FanInUniform : Initializer.Zeros, random) : null;
        Parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    /// <summary>The sizes.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>The kernels, (C / groups · kernel height · kernel width) x K. Column by column it is the memory of PyTorch's <c>Conv2d.weight</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>1 x K; null if there is none.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override ImageShape? InputImage => Shape.Input;

    /// <inheritdoc/>
    public override int? InputColumns => Shape.Input.Columns;

    /// <inheritdoc/>
    public override string Description => $"Conv2D {Shape}{(Bias is null ? ", without bias" : "")}";

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns)
    {
        base.OutputColumns(inputColumns);
        return Shape.Output.Columns;
    }

    /// <inheritdoc/>
    public override ImageShape? OutputImage(ImageShape? input)
    {
        base.OutputImage(input);
        return Shape.Output;
    }

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        Variable<T> weight = x.Tape.Parameter(Weight);
        return Bias is null ? x.Conv2D(weight, Shape) : x.Conv2D(weight, x.Tape.Parameter(Bias), Shape);
    }

    private Parameter<T> Make(string name, int rows, Initializer initializer, RandomSource random)
    {
        int channels = Shape.Output.Channels, taps = Shape.Kernel.Height * Shape.Kernel.Width;
        Parameter<T> parameter = new(name, Matrix<T>.Build.Dense(rows, channels, AlignedMemory.AllocateZeros<T>(checked(rows * channels))));
        initializer.Fill(parameter.Update(), Shape.WeightRows, channels / Shape.Groups * taps, random);
        return parameter;
    }
}
