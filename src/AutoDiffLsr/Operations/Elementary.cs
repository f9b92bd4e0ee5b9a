using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Smooth functions of one variable, entry by entry.</summary>
public static class Elementary
{
    /// <summary>y = eˣ.  dx = y·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Exp<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "exp",
            x,
            forward: static (x, y) => Functions.Exp(x, y),
            vjp: static (x, y, dy) => y * dy);

    /// <summary>y = ln x.  dx = dy / x</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; NaN comes out where it is negative.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Log<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "log",
            x,
            forward: static (x, y) => Functions.Log(x, y),
            vjp: static (x, y, dy) => dy / x);

    /// <summary>y = ln(1 + x), exact for small x too.  dx = dy / (1 + x)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; NaN comes out where it is below -1.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Log1p<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "log1p",
            x,
            forward: static (x, y) => Functions.Log1p(x, y),
            vjp: static (x, y, dy) => dy / (1 + x));

    /// <summary>y = √x.  dx = dy / 2y</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; NaN comes out where it is negative, and the gradient at 0 is infinite.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Sqrt<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "sqrt",
            x,
            forward: static (x, y) => TensorPrimitives.Sqrt(x, y),
            vjp: static (x, y, dy) => dy / (2 * y));
}
