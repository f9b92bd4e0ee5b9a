namespace AutoDiffLsr.Autodiff;

/// <summary>The inputs of an operation that takes any number of them, as its VJP sees them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct OperationInputs<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<Node<T>> nodes;

    internal OperationInputs(ReadOnlySpan<Node<T>> nodes) => this.nodes = nodes;

    /// <summary>How many there are.</summary>
    public int Count => nodes.Length;

    /// <summary>One input, with its history.</summary>
    /// <param name="index">Counted from 0.</param>
    /// <returns>The variable.</returns>
    public Variable<T> this[int index] => new(nodes[index]);
}
