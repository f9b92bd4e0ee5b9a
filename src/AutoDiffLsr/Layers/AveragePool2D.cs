using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>The mean of each window of an image, PyTorch's <c>AvgPool2d</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AveragePool2D<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A layer of the given window.</summary>
    /// <param name="input">The images that it takes, C x H x W.</param>
    /// <param name="kernel">The size of the window: one number, or (height, width).</param>
    /// <param name="stride">The step of the window; by default its size.</param>
    /// <param name="padding">The border on each side, at most half the window; none by default.</param>
    /// <param name="countPadding">Whether the border counts as zeros, PyTorch's <c>count_include_pad</c>.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the window does not fit the image.</exception>
    public AveragePool2D(ImageShape input, Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool countPadding = true) =>
        (Shape, CountPadding) = (new PoolingShape(input, kernel, stride, padding), countPadding);

    /// <summary>The sizes.</summary>
    public PoolingShape Shape { get; }

    /// <summary>Whether the border counts as zeros.</summary>
    public bool CountPadding { get; }

    /// <inheritdoc/>
    public override ImageShape? InputImage => Shape.Input;

    /// <inheritdoc/>
    public override int? InputColumns => Shape.Input.Columns;

    /// <inheritdoc/>
    public override string Description => $"AveragePool2D {Shape}{(CountPadding ? "" : ", border not counted")}";

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
        return x.AveragePool2D(Shape, CountPadding);
    }
}
