using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(a, b).</summary>
internal sealed class BinaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public Node<T> A { get; set; } = null!;

    public Node<T> B { get; set; } = null!;

    public TArgument Argument { get; set; } = default!;

    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> RuleA { get; set; } = null!;

    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> RuleB { get; set; } = null!;

    public override int InputCount => 2;

    /// <summary>Equal rules in fewer kernels, for when nothing is recorded.</summary>
    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? FusedRuleA { get; set; }

    public Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>>? FusedRuleB { get; set; }

    public override bool Broadcasts { get; set; }

    public override bool SharesVjp => ReferenceEquals(RuleA, RuleB);

    public override Node<T> Input(int index) => index == 0 ? A : B;

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) =>
        Rule(index)(new Variable<T>(A), new Variable<T>(B), y, dy, Argument);

    private Func<Variable<T>, Variable<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> Rule(int index) => Tape.IsRecording
        ? index == 0 ? RuleA : RuleB
        : index == 0 ? FusedRuleA ?? RuleA : FusedRuleB ?? RuleB;
}
