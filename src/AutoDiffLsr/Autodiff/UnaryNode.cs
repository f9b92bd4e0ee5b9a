using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(x).</summary>
internal sealed class UnaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public Node<T> X { get; set; } = null!;

    public TArgument Argument { get; set; } = default!;

    public UnaryVjp<T, TArgument> Rule { get; set; } = null!;

    public override int InputCount => 1;

    public override Node<T> Input(int index) => X;

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) => Rule(new Variable<T>(X), y, dy, Argument);
}
