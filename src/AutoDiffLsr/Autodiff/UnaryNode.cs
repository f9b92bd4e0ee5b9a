using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(x).</summary>
internal sealed class UnaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public Node<T> X { get; set; } = null!;

    public TArgument Argument { get; set; } = default!;

    /// <summary>The differentiable rule, written in operations: right at any order.</summary>
    public Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> Rule { get; set; } = null!;

    /// <summary>An equal rule in fewer kernels, for when nothing is recorded.</summary>
    public Func<Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? FusedRule { get; set; }

    public override int InputCount => 1;

    public override Node<T> Input(int index) => X;

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) =>
        (Tape.IsRecording ? Rule : FusedRule ?? Rule)(new Variable<T>(X), y, dy, Argument);
}
