using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>The largest number of each window of an image, PyTorch's <c>MaxPool2d</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MaxPool2D<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A layer of the given window.</summary>
    /// <param name="input">The images that it takes, C x H x W.</param>
    /// <param name="kernel">The size of the window: one number, or (height, width).</param>
    /// <param name="stride">The step of the window; by default its size.</param>
    /// <param name="padding">The border on each side, at most half the window; none by default.</param>
    /// <param name="dilation">The distance of two pixels that the window reads; 1 by default.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the window does not fit the image.</exception>
    public MaxPool2D(ImageShape input, Size2D kernel, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null) =>
        Shape = new PoolingShape(input, kernel, stride, padding, dilation);

    /// <summary>The sizes.</summary>
    public PoolingShape Shape { get; }

    /// <inheritdoc/>
    public override ImageShape? InputImage => Shape.Input;

    /// <inheritdoc/>
    public override int? InputColumns => Shape.Input.Columns;

    /// <inheritdoc/>
    public override string Description => $"MaxPool2D {Shape}";

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
        return x.MaxPool2D(Shape);
    }
}
