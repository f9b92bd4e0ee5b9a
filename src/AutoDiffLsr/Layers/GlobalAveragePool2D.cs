using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Layers;

/// <summary>The mean of each channel of an image: C x H x W becomes C columns, PyTorch's <c>AdaptiveAvgPool2d(1)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GlobalAveragePool2D<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A layer for images of the given size.</summary>
    /// <param name="input">The images that it takes, C x H x W.</param>
    /// <exception cref="ArgumentException">A side is below 1.</exception>
    public GlobalAveragePool2D(ImageShape input) => Shape = new PoolingShape(input, (input.Height, input.Width));

    /// <summary>The sizes.</summary>
    public PoolingShape Shape { get; }

    /// <inheritdoc/>
    public override ImageShape? InputImage => Shape.Input;

    /// <inheritdoc/>
    public override int? InputColumns => Shape.Input.Columns;

    /// <inheritdoc/>
    public override string Description => $"GlobalAveragePool2D {Shape.Input}";

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
        return x.AveragePool2D(Shape);
    }
}
