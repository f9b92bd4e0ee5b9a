using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// How operations are made, those of this library and yours alike: a forward kernel and its vector-Jacobian product (VJP), side by side.
/// </summary>
/// <remarks>
/// <para>The VJP takes the inputs, the output y and its gradient dy, and returns the gradient of an input, written in operations. While nothing is recorded it
/// just computes; with <c>createGraph: true</c> its result is on the tape and can be differentiated again: one rule, any order.</para>
/// <para>The engine does the rest: it asks only for the sides that need a gradient, sums over repeated (broadcast) sides, adds what arrives from several
/// uses, and checks shapes. A VJP may return <c>default</c> for "no gradient".</para>
/// <para>Pass <c>static</c> lambdas, so that nothing is captured and nothing is allocated; what a kernel needs besides the matrices goes through the
/// argument, a small struct.</para>
/// </remarks>
/// <example>
/// <code>
/// // swish: y = x·σ(x).  dx = (y + σ(x)·(1 - y))·dy
/// static Variable&lt;double&gt; Swish(Variable&lt;double&gt; x) =&gt; Operation.Elementwise("swish", x,
///     forward: static (x, y) =&gt; { for (int i = 0; i &lt; x.Length; i++) y[i] = x[i] / (1 + Math.Exp(-x[i])); },
///     vjp: static (x, y, dy) =&gt; dy * (y + (x.Sigmoid() * (1 - y))));
/// </code>
/// </example>
public static partial class Operation
{
    private static Variable<T> Record<T, TArgument>(string name, Node<T> x, Buffer<T> y, TArgument argument, UnaryVjp<T, TArgument> rule)
        where T : struct, IFloatingPointIeee754<T>
    {
        Tape<T> tape = x.Tape;
        if (!tape.IsRecording || !x.IsRecorded)
            return tape.Unrecorded(name, y, x.HasHistory);
        UnaryNode<T, TArgument> node = tape.Append<UnaryNode<T, TArgument>>(name, y);
        (node.X, node.Argument, node.Rule) = (x, argument, rule);
        return new Variable<T>(node);
    }

    private static Variable<T> Record<T, TArgument>(
        string name, Node<T> a, Node<T> b, Buffer<T> y, TArgument argument, BinaryVjp<T, TArgument> ruleA, BinaryVjp<T, TArgument>? ruleB, bool broadcasts)
        where T : struct, IFloatingPointIeee754<T>
    {
        Tape<T> tape = a.Tape;
        if (!tape.IsRecording || (!a.IsRecorded && !b.IsRecorded))
            return tape.Unrecorded(name, y, a.HasHistory || b.HasHistory);
        BinaryNode<T, TArgument> node = tape.Append<BinaryNode<T, TArgument>>(name, y);
        (node.A, node.B, node.Argument, node.RuleA, node.RuleB, node.Broadcasts) = (a, b, argument, ruleA, ruleB, broadcasts);
        return new Variable<T>(node);
    }

    /// <summary>The tape of two inputs, which must be one.</summary>
    private static Tape<T> TapeOf<T>(string name, Node<T> a, Node<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!ReferenceEquals(a.Tape, b.Tape))
            ThrowForeign(name);
        return a.Tape;
    }

    [DoesNotReturn]
    private static void ThrowForeign(string name) =>
        throw new ArgumentException($"The inputs of '{name}' are on different tapes.");
}
