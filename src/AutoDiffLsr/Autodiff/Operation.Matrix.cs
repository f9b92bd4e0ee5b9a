using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <content>Operations on whole matrices.</content>
public static partial class Operation
{
    /// <summary>Y = f(X; argument), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides X.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="x">The input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides X.</param>
    /// <param name="forward">Fills the whole of Y from X; Y starts with arbitrary numbers.</param>
    /// <param name="vjp">dX from (X, Y, dY), written in operations.</param>
    /// <param name="fusedVjp">The same dX in fewer kernels, used while nothing is recorded; see <see cref="Kernel{T}"/>.</param>
    /// <returns>The output.</returns>
    public static Variable<T> Unary<T, TArgument>(
        string name,
        Variable<T> x,
        Shape shape,
        TArgument argument,
        Action<Matrix<T>, Matrix<T>, TArgument> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedVjp = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> input = x.Node;
        Buffer<T> y = input.Tape.Rent(shape);
        forward(input.Buffer.Matrix, y.Matrix, argument);
        return RecordUnary(name, input, y, argument, vjp, fusedVjp);
    }

    /// <summary>Y = f(A, B; argument), for matrices of any shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides A and B.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides A and B.</param>
    /// <param name="forward">Fills the whole of Y from A and B; Y starts with arbitrary numbers.</param>
    /// <param name="vjpA">dA from (A, B, Y, dY), written in operations.</param>
    /// <param name="vjpB">dB, likewise.</param>
    /// <param name="fusedVjpA">The same dA in fewer kernels, used while nothing is recorded; see <see cref="Kernel{T}"/>.</param>
    /// <param name="fusedVjpB">The same dB in fewer kernels.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The inputs are on different tapes.</exception>
    public static Variable<T> Binary<T, TArgument>(
        string name,
        Variable<T> a,
        Variable<T> b,
        Shape shape,
        TArgument argument,
        Action<Matrix<T>, Matrix<T>, Matrix<T>, TArgument> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> vjpA,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> vjpB,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedVjpA = null,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedVjpB = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = a.Node, right = b.Node;
        Buffer<T> y = TapeOf(name, left, right).Rent(shape);
        forward(left.Buffer.Matrix, right.Buffer.Matrix, y.Matrix, argument);
        return RecordBinary(name, left, right, y, argument, vjpA, vjpB, fusedVjpA, fusedVjpB, broadcasts: false);
    }

    /// <summary>Y = f(X, b) of the shape of X, where b is repeated over the rows, and dX, summed over them, is db.</summary>
    internal static Variable<T> Broadcast<T>(
        string name,
        Variable<T> x,
        Variable<T> b,
        Action<Matrix<T>, Matrix<T>, Matrix<T>> forward,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>>? fusedVjp = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = x.Node, right = b.Node;
        Tape<T> tape = TapeOf(name, left, right);
        if (b.Rows != 1 || b.Columns != x.Columns)
            throw new ArgumentException($"'{name}' of {x.Shape} and {b.Shape}: the bias must be 1x{x.Columns}.");
        Buffer<T> y = tape.Rent(left.Buffer.Shape);
        forward(left.Buffer.Matrix, right.Buffer.Matrix, y.Matrix);
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, SharedRule<T>, Variable<T>> rule = SharedRule<T>.Composed, fused = SharedRule<T>.Fused;
        return RecordBinary(name, left, right, y, new SharedRule<T>(vjp, fusedVjp ?? vjp), rule, rule, fused, fused, broadcasts: true);
    }

    /// <summary>Y = f(X1, X2, ...; argument), for any number of inputs.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TArgument">What f needs besides the inputs.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="inputs">At least one.</param>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="argument">What f needs besides the inputs.</param>
    /// <param name="forward">Fills the whole of Y from the inputs; Y starts with arbitrary numbers.</param>
    /// <param name="vjp">The gradient of one input from (index, inputs, Y, dY, argument), written in operations.</param>
    /// <returns>The output.</returns>
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
        if (inputs.IsEmpty)
            throw new ArgumentException($"'{name}' needs at least one input.", nameof(inputs));
        Tape<T> tape = inputs[0].Tape;
        bool needsGradient = false, losesHistory = false;
        foreach (Variable<T> input in inputs)
        {
            TapeOf(name, inputs[0].Node, input.Node);
            needsGradient |= input.NeedsGradient;
            losesHistory |= LosesHistory(input.Node);
        }

        Buffer<T> y = tape.Rent(shape);
        forward(inputs, y.Matrix, argument);
        if (!tape.IsRecording || !needsGradient)
            return Unrecorded(tape, name, y, losesHistory);
        NaryNode<T, TArgument> node = tape.Append<NaryNode<T, TArgument>>(name);
        node.Take(inputs);
        (node.Buffer, node.Argument, node.Rule) = (y, argument, vjp);
        return new Variable<T>(node);
    }

    /// <summary>
    /// The result of a kernel alone, for a fused VJP: entry by entry from two inputs of one shape. It has no VJP of its own, so it can only run while
    /// nothing is recorded, which is when fused VJPs are used.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">What messages call it.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input, of the same shape.</param>
    /// <param name="forward">Fills y from a and b.</param>
    /// <returns>The output.</returns>
    /// <exception cref="InvalidOperationException">The tape is recording.</exception>
    public static Variable<T> Kernel<T>(string name, Variable<T> a, Variable<T> b, BinaryKernel<T> forward)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = a.Node, right = b.Node;
        Tape<T> tape = TapeOf(name, left, right);
        if (tape.IsRecording)
            ThrowRecording(name);
        Buffer<T> y = Broadcasting.Apply(name, tape, left.Buffer, right.Buffer, forward);
        return Unrecorded(tape, name, y, LosesHistory(left) || LosesHistory(right));
    }

    /// <summary>The same with an argument.</summary>
    internal static Variable<T> Kernel<T, TArgument>(
        string name, Variable<T> a, Variable<T> b, TArgument argument, Action<ReadOnlySpan<T>, ReadOnlySpan<T>, Span<T>, TArgument> forward)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> left = a.Node, right = b.Node;
        Tape<T> tape = TapeOf(name, left, right);
        if (tape.IsRecording)
            ThrowRecording(name);
        Buffer<T> y = tape.Rent(left.Buffer.Shape);
        forward(left.Buffer.Data, right.Buffer.Data, y.Data, argument);
        return Unrecorded(tape, name, y, LosesHistory(left) || LosesHistory(right));
    }

    private static Variable<T> RecordUnary<T, TArgument>(
        string name,
        Node<T> x,
        Buffer<T> y,
        TArgument argument,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> rule,
        Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedRule)
        where T : struct, IFloatingPointIeee754<T>
    {
        Tape<T> tape = x.Tape;
        if (!tape.IsRecording || !x.IsRecorded)
            return Unrecorded(tape, name, y, LosesHistory(x));
        UnaryNode<T, TArgument> node = tape.Append<UnaryNode<T, TArgument>>(name);
        (node.X, node.Buffer, node.Argument, node.Rule, node.FusedRule) = (x, y, argument, rule, fusedRule);
        return new Variable<T>(node);
    }

    private static Variable<T> RecordBinary<T, TArgument>(
        string name,
        Node<T> a,
        Node<T> b,
        Buffer<T> y,
        TArgument argument,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> ruleA,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> ruleB,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedRuleA,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? fusedRuleB,
        bool broadcasts)
        where T : struct, IFloatingPointIeee754<T>
    {
        Tape<T> tape = a.Tape;
        if (!tape.IsRecording || (!a.IsRecorded && !b.IsRecorded))
            return Unrecorded(tape, name, y, LosesHistory(a) || LosesHistory(b));
        BinaryNode<T, TArgument> node = tape.Append<BinaryNode<T, TArgument>>(name);
        (node.A, node.B, node.Buffer, node.Argument, node.RuleA, node.RuleB) = (a, b, y, argument, ruleA, ruleB);
        (node.FusedRuleA, node.FusedRuleB, node.Broadcasts) = (fusedRuleA, fusedRuleB, broadcasts);
        return new Variable<T>(node);
    }

    /// <summary>One rule for both inputs, in both forms.</summary>
    private readonly record struct SharedRule<T>(
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> Vjp,
        Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, Variable<T>> FusedVjp)
        where T : struct, IFloatingPointIeee754<T>
    {
        public static readonly Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, SharedRule<T>, Variable<T>> Composed =
            static (x, b, y, dy, rule) => rule.Vjp(x, b, y, dy);

        public static readonly Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, SharedRule<T>, Variable<T>> Fused =
            static (x, b, y, dy, rule) => rule.FusedVjp(x, b, y, dy);
    }

    [DoesNotReturn]
    private static void ThrowRecording(string name) => throw new InvalidOperationException(
        $"'{name}' is a kernel without a VJP: use it in a fusedVjp, which only runs while nothing is recorded.");
}
