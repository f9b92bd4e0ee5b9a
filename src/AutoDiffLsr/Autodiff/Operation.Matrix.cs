using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <content>Operations on whole matrices. A kernel gets Y with arbitrary numbers in it, and fills the whole of it.</content>
public static partial class Operation
{
    /// <summary>Y = f(X), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="forward">Fills the whole of Y from X.</param>
    /// <param name="vjp">dX from (X, Y, dY), written in operations.</param>
    public static Variable<T> Unary<T>(string name, Variable<T> x, Shape shape, Action<Matrix<T>, Matrix<T>> forward, UnaryVjp<T> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjp);
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(shape);
        forward(input.Buffer.Matrix, y.Matrix);
        return Record(name, input, y, vjp, static (x, y, dy, vjp) => vjp(x, y, dy));
    }

    /// <summary>Y = f(X; argument), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides X.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides X.</param>
    /// <param name="forward">Fills the whole of Y from X.</param>
    /// <param name="vjp">dX from (X, Y, dY, argument), written in operations.</param>
    public static Variable<T> Unary<T, TArgument>(
        string name, Variable<T> x, Shape shape, TArgument argument, Action<Matrix<T>, Matrix<T>, TArgument> forward, UnaryVjp<T, TArgument> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjp);
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(shape);
        forward(input.Buffer.Matrix, y.Matrix, argument);
        return Record(name, input, y, argument, vjp);
    }

    /// <summary>Y = f(A, B), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="forward">Fills the whole of Y from A and B.</param>
    /// <param name="vjpA">dA from (A, B, Y, dY), written in operations.</param>
    /// <param name="vjpB">dB, likewise.</param>
    /// <exception cref="ArgumentException">The inputs are on different tapes.</exception>
    public static Variable<T> Binary<T>(
        string name, Variable<T> a, Variable<T> b, Shape shape, Action<Matrix<T>, Matrix<T>, Matrix<T>> forward, BinaryVjp<T> vjpA, BinaryVjp<T> vjpB)
        where T : struct, IFloatingPointIeee754<T> => Binary(
            name,
            a,
            b,
            shape,
            (Forward: forward, A: vjpA, B: vjpB),
            static (a, b, y, call) => call.Forward(a, b, y),
            static (a, b, y, dy, call) => call.A(a, b, y, dy),
            static (a, b, y, dy, call) => call.B(a, b, y, dy));

    /// <summary>Y = f(A, B; argument), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides A and B.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides A and B.</param>
    /// <param name="forward">Fills the whole of Y from A and B.</param>
    /// <param name="vjpA">dA from (A, B, Y, dY, argument), written in operations.</param>
    /// <param name="vjpB">dB, likewise.</param>
    /// <exception cref="ArgumentException">The inputs are on different tapes.</exception>
    public static Variable<T> Binary<T, TArgument>(
        string name,
        Variable<T> a,
        Variable<T> b,
        Shape shape,
        TArgument argument,
        Action<Matrix<T>, Matrix<T>, Matrix<T>, TArgument> forward,
        BinaryVjp<T, TArgument> vjpA,
        BinaryVjp<T, TArgument> vjpB)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjpA);
        ArgumentNullException.ThrowIfNull(vjpB);
        Node<T> left = a.Node, right = b.Node;
        Buffer<T> y = TapeOf(name, left, right).Rent(shape);
        forward(left.Buffer.Matrix, right.Buffer.Matrix, y.Matrix, argument);
        return Record(name, left, right, y, argument, vjpA, vjpB, broadcasts: false);
    }

    /// <summary>Y = f(X1, X2, ...), for any number of inputs.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="inputs">At least one.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="forward">Fills the whole of Y from the inputs.</param>
    /// <param name="vjp">The gradient of one input from (index, inputs, Y, dY), written in operations.</param>
    /// <exception cref="ArgumentException">There are no inputs, or they are on different tapes.</exception>
    public static Variable<T> Nary<T>(
        string name, ReadOnlySpan<Variable<T>> inputs, Shape shape, Action<ReadOnlySpan<Variable<T>>, Matrix<T>> forward, NaryVjp<T> vjp)
        where T : struct, IFloatingPointIeee754<T> => Nary(
            name,
            inputs,
            shape,
            (Forward: forward, Vjp: vjp),
            static (inputs, y, call) => call.Forward(inputs, y),
            static (index, inputs, y, dy, call) => call.Vjp(index, inputs, y, dy));

    /// <summary>Y = f(X1, X2, ...; argument), for any number of inputs.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides the inputs.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="inputs">At least one.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides the inputs.</param>
    /// <param name="forward">Fills the whole of Y from the inputs.</param>
    /// <param name="vjp">The gradient of one input from (index, inputs, Y, dY, argument), written in operations.</param>
    /// <exception cref="ArgumentException">There are no inputs, or they are on different tapes.</exception>
    public static Variable<T> Nary<T, TArgument>(
        string name,
        ReadOnlySpan<Variable<T>> inputs,
        Shape shape,
        TArgument argument,
        Action<ReadOnlySpan<Variable<T>>, Matrix<T>, TArgument> forward,
        NaryVjp<T, TArgument> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vjp);
        if (inputs.IsEmpty)
            throw new ArgumentException($"'{name}' needs at least one input.", nameof(inputs));
        Tape<T> tape = inputs[0].Tape;
        bool needsGradient = false, hasHistory = false;
        foreach (Variable<T> input in inputs)
        {
            TapeOf(name, inputs[0].Node, input.Node);
            needsGradient |= input.NeedsGradient;
            hasHistory |= input.Node.HasHistory;
        }

        Buffer<T> y = tape.Rent(shape);
        forward(inputs, y.Matrix, argument);
        if (!tape.IsRecording || !needsGradient)
            return tape.Unrecorded(name, y, hasHistory);
        NaryNode<T, TArgument> node = tape.Append<NaryNode<T, TArgument>>(name, y);
        node.Take(inputs);
        (node.Argument, node.Rule) = (argument, vjp);
        return new Variable<T>(node);
    }

    /// <summary>Y = f(X, b) of the shape of X, where b is repeated over the rows, and dX, summed over them, is db.</summary>
    internal static Variable<T> Biased<T>(string name, Variable<T> x, Variable<T> b, Action<Matrix<T>, Matrix<T>, Matrix<T>> forward, BinaryVjp<T> vjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = x.Node, right = b.Node;
        Tape<T> tape = TapeOf(name, left, right);
        if (b.Rows != 1 || b.Columns != x.Columns)
            throw new ArgumentException($"'{name}' of {x.Shape} and {b.Shape}: the bias must be 1x{x.Columns}.");
        Buffer<T> y = tape.Rent(left.Buffer.Shape);
        forward(left.Buffer.Matrix, right.Buffer.Matrix, y.Matrix);
        return Record(name, left, right, y, vjp, static (x, b, y, dy, vjp) => vjp(x, b, y, dy), ruleB: null, broadcasts: true);
    }
}
