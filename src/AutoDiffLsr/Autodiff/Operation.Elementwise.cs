using System.Numerics;

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
    /// <param name="fusedVjp">The same dx in fewer kernels, used while nothing is recorded; see <see cref="Kernel{T}"/>.</param>
    /// <returns>The output, of the shape of x.</returns>
    public static Variable<T> Elementwise<T>(
        string name,
        Variable<T> x,
        Action<ReadOnlySpan<T>, Span<T>> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>> vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>>? fusedVjp = null)
        where T : struct, IFloatingPointIeee754<T> =>
        Elementwise(
            name,
            x,
            new UnaryRules<T>(forward, vjp, fusedVjp ?? vjp),
            static (x, y, rules) => rules.Forward(x, y),
            static (x, y, dy, rules) => rules.Vjp(x, y, dy),
            static (x, y, dy, rules) => rules.FusedVjp(x, y, dy));

    /// <summary>y = f(x; argument), entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides x.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="argument">What f needs besides x.</param>
    /// <param name="forward">Fills y from x, spans of equal length.</param>
    /// <param name="vjp">dx from (x, y, dy), written in operations.</param>
    /// <param name="fusedVjp">The same dx in fewer kernels, used while nothing is recorded; see <see cref="Kernel{T}"/>.</param>
    /// <returns>The output, of the shape of x.</returns>
    public static Variable<T> Elementwise<T, TArgument>(
        string name,
        Variable<T> x,
        TArgument argument,
        Action<ReadOnlySpan<T>, Span<T>, TArgument> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedVjp = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(input.Buffer.Shape);
        forward(input.Buffer.Data, y.Data, argument);
        return RecordUnary(name, input, y, argument, vjp, fusedVjp);
    }

    /// <summary>y = f(a, b), entry by entry; sides of length 1 are repeated to fit the other input.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="forward">Fills y from a and b, spans of equal length: repeated sides are already repeated.</param>
    /// <param name="vjpA">da from (a, b, y, dy), written in operations; the engine sums it over repeated sides.</param>
    /// <param name="vjpB">db, likewise.</param>
    /// <returns>The output, of the common shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the inputs are on different tapes.</exception>
    public static Variable<T> Elementwise<T>(
        string name,
        Variable<T> a,
        Variable<T> b,
        BinaryKernel<T> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> vjpA,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> vjpB)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = a.Node, right = b.Node;
        Tape<T> tape = TapeOf(name, left, right);
        Buffer<T> y = Broadcasting.Apply(name, tape, left.Buffer, right.Buffer, forward);
        Variable<T> output = RecordBinary(
            name,
            left,
            right,
            y,
            new BinaryRules<T>(vjpA, vjpB),
            static (a, b, y, dy, rules) => rules.VjpA(a, b, y, dy),
            static (a, b, y, dy, rules) => rules.VjpB(a, b, y, dy),
            fusedRuleA: null,
            fusedRuleB: null,
            broadcasts: true);
        return output;
    }

    /// <summary>The delegates of an operation without an argument, as the argument of one with.</summary>
    private readonly record struct UnaryRules<T>(
        Action<ReadOnlySpan<T>, Span<T>> Forward,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>> Vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>> FusedVjp)
        where T : struct, IFloatingPointIeee754<T>;

    private readonly record struct BinaryRules<T>(
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> VjpA,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> VjpB)
        where T : struct, IFloatingPointIeee754<T>;
}
