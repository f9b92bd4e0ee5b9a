using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>
/// Functions with kinks, entry by entry. At a kink the derivative is a convention, stated with each; a check learns of the branch taken through
/// <see cref="Tape{T}.Branches"/>.
/// </summary>
public static class Piecewise
{
    /// <summary>y = max(x, 0).  dx = dy where x &gt; 0, else 0 (0 at the kink, as in PyTorch and JAX)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Relu<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranch(x, 0);
        return Operation.Elementwise(
            "relu",
            x,
            forward: static (x, y) => TensorPrimitives.Max(x, T.Zero, y),
            vjp: static (x, y, dy) => dy.WherePositive(x));
    }

    /// <summary>y = x where x &gt; 0, else s·x.  dx = dy or s·dy (s·dy at the kink, as in PyTorch)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <param name="slope">s, the slope for negative x.</param>
    /// <returns>The output.</returns>
    public static Variable<T> LeakyRelu<T>(this Variable<T> x, double slope = 0.01)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranch(x, 0);
        return Operation.Elementwise(
            "leaky relu",
            x,
            slope,
            forward: static (x, y, slope) => Scaled(x, T.CreateTruncating(slope), y),
            vjp: static (x, y, dy, slope) => Sloped(dy.WherePositive(x), dy, slope));

        static void Scaled(ReadOnlySpan<T> x, T slope, Span<T> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] > T.Zero ? x[i] : slope * x[i];
        }

        static Variable<T> Sloped(Variable<T> passed, Variable<T> dy, double slope) => passed + (slope * (dy - passed));
    }

    /// <summary>y = |x|.  dx = sign(x)·dy (0 at the kink)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Abs<T>(this Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranch(x, 0);
        return Operation.Elementwise(
            "abs",
            x,
            forward: static (x, y) => TensorPrimitives.Abs(x, y),
            vjp: static (x, y, dy) => dy.WherePositive(x) - dy.WherePositive(-x));
    }

    /// <summary>y = x moved into [low, high].  dx = dy where low ≤ x ≤ high, else 0 (dy at both ends, as in PyTorch)</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The input; NaN stays NaN.</param>
    /// <param name="low">The smallest output.</param>
    /// <param name="high">The largest output.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>, or one is NaN.</exception>
    public static Variable<T> Clamp<T>(this Variable<T> x, double low, double high)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!(low <= high))
            throw new ArgumentException($"'clamp' to [{low}, {high}]: the low end must not be above the high end.");
        NoteBranch(x, low);
        NoteBranch(x, high);
        return Operation.Elementwise(
            "clamp",
            x,
            (Low: T.CreateTruncating(low), High: T.CreateTruncating(high)),
            forward: static (x, y, range) => TensorPrimitives.Clamp(x, range.Low, range.High, y),
            vjp: static (x, y, dy, range) => dy.WhereInside(x, range.Low, range.High));
    }

    /// <summary>y = max(a, b).  da = dy where a &gt; b, db = dy where b &gt; a; half each where they are equal</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <returns>The larger one, entry by entry, of the common shape.</returns>
    public static Variable<T> Maximum<T>(this Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranch(a, b);
        return Operation.Elementwise(
            "maximum",
            a,
            b,
            forward: static (a, b, y) => TensorPrimitives.Max(a, b, y),
            vjpA: static (a, b, y, dy) => dy.ShareOfLarger(a - b),
            vjpB: static (a, b, y, dy) => dy.ShareOfLarger(b - a));
    }

    /// <summary>y = min(a, b).  da = dy where a &lt; b, db = dy where b &lt; a; half each where they are equal</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <returns>The smaller one, entry by entry, of the common shape.</returns>
    public static Variable<T> Minimum<T>(this Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        NoteBranch(a, b);
        return Operation.Elementwise(
            "minimum",
            a,
            b,
            forward: static (a, b, y) => TensorPrimitives.Min(a, b, y),
            vjpA: static (a, b, y, dy) => dy.ShareOfLarger(b - a),
            vjpB: static (a, b, y, dy) => dy.ShareOfLarger(a - b));
    }

    /// <summary>y = x where gate &gt; 0, else 0.  dx = dy where gate &gt; 0, else 0; no gradient goes to the gate</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The values.</param>
    /// <param name="gate">What decides, of a shape that fits.</param>
    /// <returns>The values that pass.</returns>
    public static Variable<T> WherePositive<T>(this Variable<T> x, Variable<T> gate)
        where T : struct, IFloatingPointIeee754<T> =>
        Operation.Elementwise(
            "where positive",
            x,
            gate,
            forward: static (x, gate, y) => SlopeMap<ReluSlope>.Apply(gate, x, y),
            vjpA: static (x, gate, y, dy) => dy.WherePositive(gate),
            vjpB: static (x, gate, y, dy) => default);

    /// <summary>y = x where low ≤ gate ≤ high, else 0: the derivative of a clamp.</summary>
    private static Variable<T> WhereInside<T>(this Variable<T> x, Variable<T> gate, T low, T high)
        where T : struct, IFloatingPointIeee754<T>
    {
        double lowest = double.CreateTruncating(low), highest = double.CreateTruncating(high);
        Variable<T> outside = (lowest - gate.Detach()).Relu() + (gate.Detach() - highest).Relu();
        return x - x.WherePositive(outside);
    }

    /// <summary>y = x where difference &gt; 0, x/2 where it is 0, else 0: the derivative of a maximum.</summary>
    private static Variable<T> ShareOfLarger<T>(this Variable<T> x, Variable<T> difference)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> fixedDifference = difference.Detach();
        return 0.5 * (x + x.WherePositive(fixedDifference) - x.WherePositive(-fixedDifference));
    }

    private static void NoteBranch<T>(Variable<T> x, double threshold)
        where T : struct, IFloatingPointIeee754<T> =>
        x.Tape.Branches?.Compare<T>(x.Node.Buffer.Data, T.CreateTruncating(threshold));

    private static void NoteBranch<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (a.Tape.Branches is { } branches && Shape.TryBroadcast(a.Shape, b.Shape, out _))
            branches.Compare<T>((a - b).Detach().Node.Buffer.Data, T.Zero);
    }
}
