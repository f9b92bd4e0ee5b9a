using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// The two-dimensional convolution of images that stand in rows, N x (C·H·W), and its gradients. Y = X * W is linear in X and in W, and so are the two
/// gradients in what they are made of; the rules of the three are each other.
/// </summary>
public static class ConvolutionOperations
{
    /// <summary>Y = X * W, PyTorch's <c>conv2d</c> without a bias.  dX = dY * Wᵀ (<see cref="Conv2DInputGradient"/>),  dW = X * dY (<see cref="Conv2DWeightGradient"/>)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="weight">(C / groups · kernel height · kernel width) x K: a column is the kernel of an output channel.</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>N x (K·H'·W').</returns>
    /// <exception cref="ArgumentException">The input or the weight has another shape.</exception>
    public static Variable<T> Conv2D<T>(this Variable<T> x, Variable<T> weight, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireImage("conv2d", x.Shape, shape.Input);
        RequireWeight("conv2d", weight.Shape, shape);
        return Operation.Binary(
            "conv2d",
            x,
            weight,
            new Shape(x.Rows, shape.Output.Columns),
            shape,
            forward: static (x, weight, y, shape) => ConvolutionKernels.Forward(x, weight, bias: null, y, shape),
            vjpA: static (x, weight, y, dy, shape) => dy.Conv2DInputGradient(weight, shape),
            vjpB: static (x, weight, y, dy, shape) => x.Conv2DWeightGradient(dy, shape));
    }

    /// <summary>Y = X * W + b, PyTorch's <c>conv2d</c>, b repeated over the pixels of its channel.  dX and dW as without b,  db = Σ dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="weight">(C / groups · kernel height · kernel width) x K: a column is the kernel of an output channel.</param>
    /// <param name="bias">1 x K.</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>N x (K·H'·W').</returns>
    /// <exception cref="ArgumentException">An argument has another shape.</exception>
    public static Variable<T> Conv2D<T>(this Variable<T> x, Variable<T> weight, Variable<T> bias, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireImage("conv2d", x.Shape, shape.Input);
        RequireWeight("conv2d", weight.Shape, shape);
        if (bias.Shape != new Shape(1, shape.Output.Channels))
            throw new ArgumentException($"'conv2d' of {shape} takes a bias of 1x{shape.Output.Channels}, not {bias.Shape}.", nameof(bias));
        return Operation.Nary(
            "conv2d",
            [x, weight, bias],
            new Shape(x.Rows, shape.Output.Columns),
            shape,
            forward: static (inputs, y, shape) => ConvolutionKernels.Forward(inputs[0].Value, inputs[1].Value, inputs[2].Value, y, shape),
            vjp: static (index, inputs, y, dy, shape) => index switch
            {
                0 => dy.Conv2DInputGradient(inputs[1], shape),
                1 => inputs[0].Conv2DWeightGradient(dy, shape),
                _ => dy.SumOverPixels(shape.Output),
            });
    }

    /// <summary>dX = dY * Wᵀ: what a convolution sends back to its input, or a transposed convolution of dY.  Of its own output's cotangent E: d(dY) = E * W,  dW = E * dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="dy">N x (K·H'·W').</param>
    /// <param name="weight">(C / groups · kernel height · kernel width) x K: a column is the kernel of an output channel.</param>
    /// <param name="shape">The sizes of the convolution.</param>
    /// <returns>N x (C·H·W).</returns>
    /// <exception cref="ArgumentException">An argument has another shape.</exception>
    public static Variable<T> Conv2DInputGradient<T>(this Variable<T> dy, Variable<T> weight, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireImage("conv2d input gradient", dy.Shape, shape.Output);
        RequireWeight("conv2d input gradient", weight.Shape, shape);
        return Operation.Binary(
            "conv2d input gradient",
            dy,
            weight,
            new Shape(dy.Rows, shape.Input.Columns),
            shape,
            forward: static (dy, weight, dx, shape) => ConvolutionKernels.InputGradient(dy, weight, dx, shape),
            vjpA: static (dy, weight, dx, e, shape) => e.Conv2D(weight, shape),
            vjpB: static (dy, weight, dx, e, shape) => e.Conv2DWeightGradient(dy, shape));
    }

    /// <summary>dW = X * dY: what a convolution sends back to its weight.  Of its own output's cotangent E: dX = dY * Eᵀ,  d(dY) = X * E</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x (C·H·W).</param>
    /// <param name="dy">N x (K·H'·W').</param>
    /// <param name="shape">The sizes of the convolution.</param>
    /// <returns>(C / groups · kernel height · kernel width) x K.</returns>
    /// <exception cref="ArgumentException">An argument has another shape.</exception>
    public static Variable<T> Conv2DWeightGradient<T>(this Variable<T> x, Variable<T> dy, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireImage("conv2d weight gradient", x.Shape, shape.Input);
        RequireImage("conv2d weight gradient", dy.Shape, shape.Output);
        if (x.Rows != dy.Rows)
            throw new ArgumentException($"'conv2d weight gradient' of {x.Shape} and {dy.Shape}: both must have the same rows.", nameof(dy));
        return Operation.Binary(
            "conv2d weight gradient",
            x,
            dy,
            new Shape(shape.WeightRows, shape.Output.Channels),
            shape,
            forward: static (x, dy, dw, shape) => ConvolutionKernels.WeightGradient(x, dy, dw, shape),
            vjpA: static (x, dy, dw, e, shape) => dy.Conv2DInputGradient(e, shape),
            vjpB: static (x, dy, dw, e, shape) => x.Conv2D(e, shape));
    }

    internal static void RequireImage(string operation, Shape x, ImageShape image)
    {
        if (x.Columns != image.Columns)
            throw new ArgumentException($"'{operation}' takes images of {image}, which are {image.Columns} columns, but x is {x}.", nameof(x));
    }

    private static void RequireWeight(string operation, Shape weight, ConvolutionShape shape)
    {
        Shape expected = new(shape.WeightRows, shape.Output.Channels);
        if (weight != expected)
            throw new ArgumentException($"'{operation}' of {shape} takes a weight of {expected}, not {weight}.", nameof(weight));
    }
}
