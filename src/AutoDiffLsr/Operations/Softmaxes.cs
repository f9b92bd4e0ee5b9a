using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Log-sum-exp and softmax over the rows of N x C logits: shifted by the row's maximum, so that no finite logit overflows.</summary>
public static class Softmaxes
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = ln Σ eˣ over each row, N x 1.  dX = softmax(X)·dy</summary>
        public Variable<T> LogSumExp() => Operation.Unary(
            "log-sum-exp",
            x,
            new Shape(x.Rows, 1),
            forward: static (x, y) => RowKernels.LogSumExp(x, leftOut: null, y.Data()),
            vjp: static (x, y, dy) => x.Softmax() * dy);

        /// <summary>Y = eˣ / Σ eˣ over each row, N x C; each row sums to 1.  dX = Y·(dY - Σ Y·dY)</summary>
        public Variable<T> Softmax() => Operation.Unary(
            "softmax",
            x,
            x.Shape,
            forward: static (x, y) => RowKernels.Softmax(x, leftOut: null, y),
            vjp: static (x, y, dy) => y * (dy - (y * dy).SumOverColumns()));

        /// <summary>Y = X - ln Σ eˣ over each row, N x C.  dX = dY - softmax(X)·Σ dY</summary>
        public Variable<T> LogSoftmax() => Operation.Unary(
            "log-softmax",
            x,
            x.Shape,
            forward: static (x, y) => RowKernels.LogSoftmax(x, y),
            vjp: static (x, y, dy) => dy - (x.Softmax() * dy.SumOverColumns()));
    }
}
