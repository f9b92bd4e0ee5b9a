using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Tests.Autodiff;

/// <summary>Operations as a user would add them.</summary>
internal static class OutsideOperations
{
    public static Variable<double> Sin(this Variable<double> x) => Operation.Elementwise(
        "sin",
        x,
        forward: static (x, y) => System.Numerics.Tensors.TensorPrimitives.Sin(x, y),
        vjp: static (x, y, dy) => dy * x.Cos());

    public static Variable<double> Cos(this Variable<double> x) => Operation.Elementwise(
        "cos",
        x,
        forward: static (x, y) => System.Numerics.Tensors.TensorPrimitives.Cos(x, y),
        vjp: static (x, y, dy) => -(dy * x.Sin()));
}
