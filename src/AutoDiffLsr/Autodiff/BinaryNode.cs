using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(a, b).</summary>
internal sealed class BinaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private bool broadcasts;

    public Node<T> A { get; set; } = null!;

    public Node<T> B { get; set; } = null!;

    public TArgument Argument { get; set; } = default!;

    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> RuleA { get; set; } = null!;

    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> RuleB { get; set; } = null!;

    public override int InputCount => 2;

    public override bool Broadcasts => broadcasts;

    public void SetBroadcasts(bool value) => broadcasts = value;

    public override Node<T> Input(int index) => index == 0 ? A : B;

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) =>
        (index == 0 ? RuleA : RuleB)(new Variable<T>(A), new Variable<T>(B), y, dy, Argument);
}
