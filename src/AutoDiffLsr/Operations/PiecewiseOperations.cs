using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Functions with kinks, entry by entry. Rules select and never multiply by a mask of zeros, so an infinite gradient stays out of entries that it does not belong
/// to. At a kink the derivative is a convention, stated with each; a check learns of the branch taken through <see cref="Tape{T}.Branches"/>.
/// </summary>
public static class PiecewiseOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = max(x, 0).  dx = dy where x &gt; 0, else 0 (0 at the kink, as in PyTorch and JAX)</summary>
        public Variable<T> Relu() => Operation.Elementwise(
            "relu", Noted(x, 0), static (x, y) => TensorPrimitives.Max(x, T.Zero, y), static (x, y, dy) => dy.WherePositive(x));

        /// <summary>y = x where x &gt; 0, else s·x.  dx = dy or s·dy (s·dy at the kink, as in PyTorch)</summary>
        /// <param name="slope">s, the slope for negative x.</param>
        public Variable<T> LeakyRelu(double slope = 0.01) => Operation.Elementwise(
            "leaky relu",
            Noted(x, 0),
            slope,
            forward: static (x, y, slope) => SideKernels.Scale(x, x, y, T.CreateTruncating(slope), T.CreateTruncating(slope), T.One),
            vjp: static (x, y, dy, slope) => dy.BySide(x, slope, slope, 1));

        /// <summary>y = |x|.  dx = sign(x)·dy (0 at the kink)</summary>
        public Variable<T> Abs() => Operation.Elementwise(
            "abs", Noted(x, 0), static (x, y) => TensorPrimitives.Abs(x, y), static (x, y, dy) => dy.BySide(x, -1, 0, 1));

        /// <summary>y = x moved into [low, high]; NaN stays NaN.  dx = dy where low ≤ x ≤ high, else 0 (dy at both ends, as in PyTorch)</summary>
        /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>, or one is NaN.</exception>
        public Variable<T> Clamp(double low, double high) => Operation.Elementwise(
            "clamp",
            Noted(Noted(x, low), high),
            low <= high ? (Low: T.CreateTruncating(low), High: T.CreateTruncating(high)) : throw new ArgumentException(
                $"'clamp' to [{low}, {high}]: the low end must not be above the high end."),
            forward: static (x, y, range) => TensorPrimitives.Clamp(x, range.Low, range.High, y),
            vjp: static (x, y, dy, range) => dy.WherePositive(x.Inside(range.Low, range.High)));

        /// <summary>y = max(x, b), of the common shape.  dx = dy where x &gt; b, db = dy where b &gt; x; half each where they are equal</summary>
        public Variable<T> Maximum(Variable<T> b) => Operation.Elementwise(
            "maximum",
            Noted(x, b),
            b,
            forward: static (a, b, y) => TensorPrimitives.Max(a, b, y),
            vjpA: static (a, b, y, dy) => dy.BySide(a.SideOf(b), 0, 0.5, 1),
            vjpB: static (a, b, y, dy) => dy.BySide(a.SideOf(b), 1, 0.5, 0));

        /// <summary>y = min(x, b), of the common shape.  dx = dy where x &lt; b, db = dy where b &lt; x; half each where they are equal</summary>
        public Variable<T> Minimum(Variable<T> b) => Operation.Elementwise(
            "minimum",
            Noted(x, b),
            b,
            forward: static (a, b, y) => TensorPrimitives.Min(a, b, y),
            vjpA: static (a, b, y, dy) => dy.BySide(a.SideOf(b), 1, 0.5, 0),
            vjpB: static (a, b, y, dy) => dy.BySide(a.SideOf(b), 0, 0.5, 1));

        /// <summary>y = x where gate &gt; 0, else 0.  dx = dy where gate &gt; 0, else 0; no gradient goes to the gate</summary>
        /// <param name="gate">What decides, of a shape that fits.</param>
        public Variable<T> WherePositive(Variable<T> gate) => Operation.Elementwise(
            "where positive",
            x,
            gate,
            forward: static (x, gate, y) => SlopeMap<ReluSlope>.Apply(gate, x, y),
            vjpA: static (x, gate, y, dy) => dy.WherePositive(gate),
            vjpB: static (x, gate, y, dy) => default);

        /// <summary>y = x times a factor: one where the gate is negative, one where it is 0 or NaN, one where it is positive; a factor 0 gives 0.  dx likewise</summary>
        internal Variable<T> BySide(Variable<T> gate, double below, double at, double above) => Operation.Elementwise(
            "by side",
            x,
            (Gate: gate, Below: below, At: at, Above: above),
            forward: static (x, y, call) => SideKernels.Scale(
                call.Gate.Node.Buffer.Data, x, y, T.CreateTruncating(call.Below), T.CreateTruncating(call.At), T.CreateTruncating(call.Above)),
            vjp: static (x, y, dy, call) => dy.BySide(call.Gate, call.Below, call.At, call.Above));

        /// <summary>y = x·b, but 0 where b is 0, infinite as x may be there.  dx = b·dy, likewise,  db = x·dy</summary>
        internal Variable<T> TimesUnlessZero(Variable<T> b) => Operation.Elementwise(
            "multiply",
            x,
            b,
            forward: static (x, b, y) => SideKernels.MultiplyUnlessZero(x, b, y),
            vjpA: static (x, b, y, dy) => dy.TimesUnlessZero(b),
            vjpB: static (x, b, y, dy) => x * dy);

        /// <summary>y = x, -x or 0, as the gate is positive, negative or 0.  dx likewise; no gradient goes to the gate</summary>
        internal Variable<T> WithSignOf(Variable<T> gate) => x.BySide(gate, -1, 0, 1);

        /// <summary>A constant: 1 where low ≤ x ≤ high, else 0.</summary>
        internal Variable<T> Inside(T low, T high) => Operation.Elementwise(
            "inside", x.Detach(), (Low: low, High: high), static (x, y, range) => SideKernels.Inside(x, range.Low, range.High, y), static (x, y, dy, range) => default);

        /// <summary>A constant of the common shape: -1 where x &lt; b, 1 where x &gt; b, else 0.</summary>
        internal Variable<T> SideOf(Variable<T> b) => Operation.Elementwise(
            "side of", x.Detach(), b.Detach(), static (a, b, y) => SideKernels.Compare(a, b, y), static (a, b, y, dy) => default, vjpB: null);
    }

    /// <summary>While a check runs, notes on which side of a threshold each entry is.</summary>
    internal static Variable<T> Noted<T>(Variable<T> x, double threshold)
        where T : struct, IFloatingPointIeee754<T>
    {
        x.Tape.Branches?.Compare<T>(x.Node.Buffer.Data, T.CreateTruncating(threshold));
        return x;
    }

    private static Variable<T> Noted<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (a.Tape.Branches is { } branches && Shape.TryBroadcast(a.Shape, b.Shape, out _))
            branches.Compare<T>(a.SideOf(b).Node.Buffer.Data, T.Zero);
        return a;
    }
}
