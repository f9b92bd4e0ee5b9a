using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>Operations with one planted error each, and a right one.</summary>
internal static class WrongOperations
{
    private static readonly Random Unseeded = new();

    public static Variable<T> Swish<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => Operation.Elementwise(
            "swish",
            x,
            forward: static (x, y) => Swish(x, y),
            vjp: static (x, y, dy) => dy * (y + (x.Sigmoid() * (1 - y))));

    public static Variable<double> SwishWith(Variable<double> x, UnaryVjp<double> vjp) =>
        Operation.Elementwise("swish", x, Swish, vjp);

    public static Variable<double> Doubled(Variable<double> x, UnaryVjp<double> vjp) =>
        Operation.Elementwise("doubled", x, static (x, y) => TensorPrimitives.Multiply(x, 2, y), vjp);

    /// <summary>Any function of a number, with any gradient.</summary>
    public static Variable<double> WithGradient(
        Variable<double> x, Func<double, double> function, UnaryVjp<double> vjp) => Operation.Elementwise(
        "function",
        x,
        forward: (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = function(x[i]);
        },
        vjp: vjp);

    public static Variable<double> Dropout(Variable<double> x) => Operation.Elementwise(
        "dropout",
        x,
        forward: static (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = Unseeded.NextDouble() < 0.5 ? 0 : 2 * x[i];
        },
        vjp: static (x, y, dy) => dy);

    /// <summary>A leaky ReLU that notes no branches.</summary>
    public static Variable<double> SilentKink(Variable<double> x, double atKink) => Operation.Elementwise(
        "silent",
        x,
        atKink,
        forward: static (x, y, _) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] > 0 ? x[i] : 0.25 * x[i];
        },
        vjp: static (x, y, dy, atKink) => Slope(x, dy, atKink));

    private static Variable<double> Slope(Variable<double> x, Variable<double> dy, double atKink) =>
        dy * x.Tape.Constant(x.Value.Map(value => value > 0 ? 1 : value < 0 ? 0.25 : atKink, MathNet.Numerics.LinearAlgebra.Zeros.Include));

    private static void Swish<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] / (T.One + T.Exp(-x[i]));
    }
}
