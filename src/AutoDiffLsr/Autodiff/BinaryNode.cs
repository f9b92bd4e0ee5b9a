using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(a, b).</summary>
internal sealed class BinaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public Node<T> A { get; set; } = null!;

    public Node<T> B { get; set; } = null!;

    public TArgument Argument { get; set; } = default!;

    public BinaryVjp<T, TArgument> RuleA { get; set; } = null!;

    /// <summary>Null where the rule of A serves B too: then it runs once.</summary>
    public BinaryVjp<T, TArgument>? RuleB { get; set; }

    public override int InputCount => 2;

    public override bool SharesVjp => RuleB is null;

    public override Node<T> Input(int index) => index == 0 ? A : B;

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) =>
        (index == 0 ? RuleA : RuleB ?? RuleA)(new Variable<T>(A), new Variable<T>(B), y, dy, Argument);
}
