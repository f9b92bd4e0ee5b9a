using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(x1, x2, ...), for any number of inputs.</summary>
internal sealed class NaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private Variable<T>[] inputs = [];

    public TArgument Argument { get; set; } = default!;

    public NaryVjp<T, TArgument> Rule { get; set; } = null!;

    public override int InputCount => inputs.Length;

    public override Node<T> Input(int index) => inputs[index].Node;

    /// <summary>Notes the inputs, in an array that is kept from use to use of the node.</summary>
    public void Take(ReadOnlySpan<Variable<T>> variables)
    {
        if (inputs.Length != variables.Length)
            inputs = new Variable<T>[variables.Length];
        variables.CopyTo(inputs);
    }

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) => Rule(index, inputs, y, dy, Argument);
}
