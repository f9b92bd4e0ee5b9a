namespace AutoDiffLsr.Autodiff;

/// <summary>The record of y = f(x1, x2, ...), for any number of inputs.</summary>
internal sealed class NaryNode<T, TArgument> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private Node<T>[] inputs = [];

    public TArgument Argument { get; set; } = default!;

    public Func<int, OperationInputs<T>, Variable<T>, Variable<T>, TArgument, Variable<T>> Rule { get; set; } = null!;

    public override int InputCount => inputs.Length;

    /// <summary>The array to put the inputs in; it is kept from use to use of the node.</summary>
    public Node<T>[] MakeRoom(int count)
    {
        if (inputs.Length != count)
            inputs = new Node<T>[count];
        return inputs;
    }

    public override Node<T> Input(int index) => inputs[index];

    public override Variable<T> Vjp(int index, Variable<T> y, Variable<T> dy) => Rule(index, new OperationInputs<T>(inputs), y, dy, Argument);
}
