using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>What the reverse sweep itself needs besides +: the sum over repeated sides, and its opposite.</summary>
internal static class Sums
{
    /// <summary>Y = X summed over rows, columns or both, to the given shape.  dX = dY repeated</summary>
    public static Variable<T> SumTo<T>(Variable<T> x, Shape shape)
        where T : struct, IFloatingPointIeee754<T> =>
        x.Shape == shape ? x : Operation.Unary(
            "sum",
            x,
            shape,
            x.Shape,
            forward: static (x, y, _) => Reductions.SumTo(x, y),
            vjp: static (x, y, dy, from) => BroadcastTo(dy, from));

    /// <summary>Y = X with its sides of length 1 repeated.  dX = dY summed over them</summary>
    public static Variable<T> BroadcastTo<T>(Variable<T> x, Shape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (x.Shape == shape)
            return x;
        if (!x.Shape.BroadcastsTo(shape))
            throw new ArgumentException($"A {x.Shape} cannot be repeated to {shape}: each side must be equal or 1.");
        return Operation.Unary(
            "broadcast",
            x,
            shape,
            x.Shape,
            forward: static (x, y, _) => Reductions.Repeat(x, y),
            vjp: static (x, y, dy, from) => SumTo(dy, from));
    }
}
