using System.Diagnostics.CodeAnalysis;
using System.Numerics;

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
    /// <summary>The tape of two inputs, which must be one.</summary>
    private static Tape<T> TapeOf<T>(string name, Node<T> a, Node<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!ReferenceEquals(a.Tape, b.Tape))
            ThrowForeign(name);
        return a.Tape;
    }

    /// <summary>A result without history, and whether that is to be reported when somebody asks for its gradient.</summary>
    private static Variable<T> Unrecorded<T>(Tape<T> tape, string name, Buffer<T> value, bool lostHistory)
        where T : struct, IFloatingPointIeee754<T>
    {
        Node<T> node = tape.TakeConstant(name);
        node.Buffer = value;
        node.LostHistory = lostHistory;
        return new Variable<T>(node);
    }

    private static bool LosesHistory<T>(Node<T> input)
        where T : struct, IFloatingPointIeee754<T> => input.IsRecorded || input.LostHistory;

    [DoesNotReturn]
    private static void ThrowForeign(string name) =>
        throw new ArgumentException($"The inputs of '{name}' are on different tapes.");
}
