using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <content>Operations that treat each entry alike.</content>
public static partial class Operation
{
    /// <summary>y = f(x), entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="forward">Fills y from x, spans of equal length.</param>
    /// <param name="vjp">dx from (x, y, dy), written in operations.</param>
    /// <returns>The output, of the shape of x.</returns>
    public static Variable<T> Elementwise<T>(string name, Variable<T> x, Action<ReadOnlySpan<T>, Span<T>> forward, UnaryVjp<T> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjp);
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(input.Buffer.Shape);
        forward(input.Buffer.Data, y.Data);
        return Record(name, input, y, vjp, static (x, y, dy, vjp) => vjp(x, y, dy));
    }

    /// <summary>y = f(x; argument), entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides x.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="argument">What f needs besides x.</param>
    /// <param name="forward">Fills y from x, spans of equal length.</param>
    /// <param name="vjp">dx from (x, y, dy, argument), written in operations.</param>
    /// <returns>The output, of the shape of x.</returns>
    public static Variable<T> Elementwise<T, TArgument>(
        string name, Variable<T> x, TArgument argument, Action<ReadOnlySpan<T>, Span<T>, TArgument> forward, UnaryVjp<T, TArgument> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjp);
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(input.Buffer.Shape);
        forward(input.Buffer.Data, y.Data, argument);
        return Record(name, input, y, argument, vjp);
    }

    /// <summary>y = f(a, b), entry by entry; sides of length 1 are repeated to fit the other input.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="forward">Fills y from a and b, spans of equal length: repeated sides are already repeated.</param>
    /// <param name="vjpA">da from (a, b, y, dy), written in operations; the engine sums it over repeated sides.</param>
    /// <param name="vjpB">db, likewise; null where da is db too, so that it is computed once.</param>
    /// <returns>The output, of the common shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the inputs are on different tapes.</exception>
    public static Variable<T> Elementwise<T>(string name, Variable<T> a, Variable<T> b, BinaryKernel<T> forward, BinaryVjp<T> vjpA, BinaryVjp<T>? vjpB)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjpA);
        Node<T> left = a.Node, right = b.Node;
        Buffer<T> y = Broadcasting.Apply(name, TapeOf(name, left, right), left.Buffer, right.Buffer, forward);
        return Record(name, left, right, y, (A: vjpA, B: vjpB), static (a, b, y, dy, vjp) => vjp.A(a, b, y, dy), RuleOfB<T>(vjpB), broadcasts: true);
    }

    private static BinaryVjp<T, (BinaryVjp<T> A, BinaryVjp<T>? B)>? RuleOfB<T>(BinaryVjp<T>? vjpB)
        where T : struct, IFloatingPointIeee754<T> => vjpB is null ? null : static (a, b, y, dy, vjp) => vjp.B!(a, b, y, dy);
}
