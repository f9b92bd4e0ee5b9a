using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>One number for each window of an image, its largest or its mean, and what belongs to all pixels of a channel. Images stand in rows, N x (C·H·W).</summary>
public static class PoolingOperations
{
    /// <summary>Y = the largest number of each window.  dX = dY at the window's first largest number, as in PyTorch, else 0</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>N x (C·H'·W'); NaN where the window has one.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns.</exception>
    public static Variable<T> MaxPool2D<T>(this Variable<T> x, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        ConvolutionOperations.RequireImage("max pool", x.Shape, shape.Input);
        if (x.Tape.Branches is { } branches)
            NoteBranches(branches, x, shape);
        return Operation.Unary(
            "max pool",
            x,
            new Shape(x.Rows, shape.Output.Columns),
            shape,
            forward: static (x, y, shape) => MaxPoolKernels.Gather<T>(x.Data(), x.Data(), y.Data(), x.RowCount, shape),
            vjp: static (x, y, dy, shape) => dy.ToWinners(x, shape));
    }

    /// <summary>Y = the mean of each window, the zeros of the border counted or not.  dX = dY / count, summed over the windows that a pixel is in</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="countPadding">Whether the border counts as zeros, PyTorch's <c>count_include_pad</c>.</param>
    /// <returns>N x (C·H'·W').</returns>
    /// <exception cref="ArgumentException">The input has another number of columns.</exception>
    public static Variable<T> AveragePool2D<T>(this Variable<T> x, PoolingShape shape, bool countPadding = true)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        ConvolutionOperations.RequireImage("average pool", x.Shape, shape.Input);
        return Operation.Unary(
            "average pool",
            x,
            new Shape(x.Rows, shape.Output.Columns),
            (Shape: shape, CountPadding: countPadding),
            forward: static (x, y, pool) => AveragePoolKernels.Average<T>(x.Data(), y.Data(), x.RowCount, pool.Shape, pool.CountPadding),
            vjp: static (x, y, dy, pool) => dy.SpreadOverWindows(pool.Shape, pool.CountPadding));
    }

    /// <summary>y = the sum over all samples and all pixels of each channel.  dX = dy repeated (<see cref="RepeatOverPixels"/>)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="image">C x H x W.</param>
    /// <returns>1 x C.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns.</exception>
    public static Variable<T> SumOverPixels<T>(this Variable<T> x, ImageShape image)
        where T : struct, IFloatingPointIeee754<T>
    {
        ConvolutionOperations.RequireImage("sum over pixels", x.Shape, image);
        return Operation.Unary(
            "sum over pixels",
            x,
            new Shape(1, image.Channels),
            (Image: image, x.Rows),
            forward: static (x, y, call) => Reductions.SumRows<T>(x.Data(), call.Rows * call.Image.Pixels, y.Data()),
            vjp: static (x, y, dy, call) => dy.RepeatOverPixels(call.Rows, call.Image));
    }

    /// <summary>Y = x repeated over all samples and all pixels of its channel.  dx = the sum of dY over them (<see cref="SumOverPixels"/>)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">1 x C.</param>
    /// <param name="rows">N.</param>
    /// <param name="image">C x H x W.</param>
    /// <returns>N x (C·H·W).</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public static Variable<T> RepeatOverPixels<T>(this Variable<T> x, int rows, ImageShape image)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (x.Shape != new Shape(1, image.Channels))
            throw new ArgumentException($"'repeat over pixels' for images of {image} takes 1x{image.Channels}, not {x.Shape}.", nameof(x));
        return Operation.Unary(
            "repeat over pixels",
            x,
            new Shape(rows, image.Columns),
            image,
            forward: static (x, y, image) =>
            {
                int length = y.RowCount * image.Pixels;
                for (int channel = 0; channel < image.Channels; channel++)
                    y.Data().AsSpan(channel * length, length).Fill(x.Data()[channel]);
            },
            vjp: static (x, y, dy, image) => dy.SumOverPixels(image));
    }

    private static void NoteBranches<T>(BranchSignature branches, Variable<T> x, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T> =>
        MaxPoolKernels.NoteBranches<T>(x.Value.Data(), x.Rows, shape, (best, next) => branches.Compare([best], next));

    /// <summary>Y = v at the winners of X's windows.  dv = dY sent to them; X only steers</summary>
    private static Variable<T> AtWinners<T>(this Variable<T> v, Variable<T> x, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Binary(
            "at winners",
            v,
            x,
            new Shape(x.Rows, shape.Output.Columns),
            shape,
            forward: static (v, x, y, shape) => MaxPoolKernels.Gather<T>(x.Data(), v.Data(), y.Data(), x.RowCount, shape),
            vjpA: static (v, x, y, dy, shape) => dy.ToWinners(x, shape),
            vjpB: static (v, x, y, dy, shape) => default);

    /// <summary>Y = v at the winners of X's windows, else 0.  dv = dY at the winners; X only steers</summary>
    private static Variable<T> ToWinners<T>(this Variable<T> v, Variable<T> x, PoolingShape shape)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Binary(
            "to winners",
            v,
            x,
            x.Shape,
            shape,
            forward: static (v, x, y, shape) => MaxPoolKernels.Scatter<T>(x.Data(), v.Data(), y.Data(), x.RowCount, shape),
            vjpA: static (v, x, y, dy, shape) => dy.AtWinners(x, shape),
            vjpB: static (v, x, y, dy, shape) => default);

    /// <summary>Y[p] = Σ x[q] / count over the windows q that pixel p is in.  dx = the mean of dY over each window</summary>
    private static Variable<T> SpreadOverWindows<T>(this Variable<T> x, PoolingShape shape, bool countPadding)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "spread over windows",
            x,
            new Shape(x.Rows, shape.Input.Columns),
            (Shape: shape, CountPadding: countPadding),
            forward: static (x, y, pool) => AveragePoolKernels.Spread<T>(x.Data(), y.Data(), x.RowCount, pool.Shape, pool.CountPadding),
            vjp: static (x, y, dy, pool) => dy.AveragePool2D(pool.Shape, pool.CountPadding));
}
