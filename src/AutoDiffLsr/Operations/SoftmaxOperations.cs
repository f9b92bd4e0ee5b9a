using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Log-sum-exp and softmax over the rows of N x C logits: shifted by the row's maximum, so that no finite logit overflows. Infinite logits give what finite ones tend
/// to; equal infinities share the probability.
/// </summary>
public static class SoftmaxOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = ln Σ eˣ over each row, N x 1; -∞ for N x 0.  dX = softmax(X)·dy</summary>
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
            vjp: static (x, y, dy) => y * dy.Centred(y));

        /// <summary>Y = X - ln Σ eˣ over each row, N x C.  dX = dY - softmax(X)·Σ dY</summary>
        public Variable<T> LogSoftmax() => Operation.Unary(
            "log-softmax",
            x,
            x.Shape,
            forward: static (x, y) => RowKernels.LogSoftmax(x, y),
            vjp: static (x, y, dy) => dy.Spread(x.Softmax()));

        /// <summary>Y = X - Σ p·X over each row, for rows p of probabilities; exact where one is nearly 1.  dX = dY - p·Σ dY,  dp = -X·Σ dY</summary>
        internal Variable<T> Centred(Variable<T> p) => Operation.Binary(
            "centre",
            x,
            p,
            x.Shape,
            forward: static (x, p, y) => ProbabilityKernels.Centre(p, x, y),
            vjpA: static (x, p, y, dy) => dy.Spread(p),
            vjpB: static (x, p, y, dy) => -(x * dy.SumOverColumns()));

        /// <summary>Y = X - p·Σ X over each row, the other way round.  dX = dY - Σ p·dY,  dp = -dY·Σ X</summary>
        internal Variable<T> Spread(Variable<T> p) => Operation.Binary(
            "spread",
            x,
            p,
            x.Shape,
            forward: static (x, p, y) => ProbabilityKernels.Spread(p, x, y),
            vjpA: static (x, p, y, dy) => dy.Centred(p),
            vjpB: static (x, p, y, dy) => -(dy * x.SumOverColumns()));
    }
}
