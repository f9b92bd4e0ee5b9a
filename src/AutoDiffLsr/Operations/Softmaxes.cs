using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Log-sum-exp and softmax over the rows of N x C logits: shifted by the row's maximum, so that no finite logit overflows.</summary>
public static class Softmaxes
{
    /// <summary>y = ln Σ eˣ over each row.  dX = softmax(X)·dy</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <returns>N x 1.</returns>
    public static Variable<T> LogSumExp<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "log-sum-exp",
            x,
            new Shape(x.Rows, 1),
            forward: static (x, y) => RowKernels.LogSumExp(x, leftOut: null, y.Data()),
            vjp: static (x, y, dy) => x.Softmax() * dy);

    /// <summary>Y = eˣ / Σ eˣ over each row.  dX = Y·(dY - Σ Y·dY)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <returns>N x C; each row sums to 1.</returns>
    public static Variable<T> Softmax<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "softmax",
            x,
            x.Shape,
            forward: static (x, y) => RowKernels.Softmax(x, leftOut: null, y),
            vjp: static (x, y, dy) => y * (dy - (y * dy).SumOverColumns()));

    /// <summary>Y = X - ln Σ eˣ over each row.  dX = dY - softmax(X)·Σ dY</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">N x C.</param>
    /// <returns>N x C.</returns>
    public static Variable<T> LogSoftmax<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Unary(
            "log-softmax",
            x,
            x.Shape,
            forward: static (x, y) => RowKernels.LogSoftmax(x, y),
            vjp: static (x, y, dy) => dy - (x.Softmax() * dy.SumOverColumns()));
}
