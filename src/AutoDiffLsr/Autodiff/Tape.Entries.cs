namespace AutoDiffLsr.Autodiff;

/// <content>The list, for reading.</content>
public sealed partial class Tape<T>
{
    /// <summary>All that is recorded, in the order in which it ran. Valid until the tape is reset; it has no part in any computation.</summary>
    /// <returns>A new list.</returns>
    public IReadOnlyList<TapeEntry<T>> Entries() => [.. list.Take(Count).Select(Entry)];

    /// <summary>The parameters that are recorded, each once, in the order in which the computation first took them.</summary>
    public IReadOnlyCollection<Parameter<T>> Parameters => parameters.Keys;

    private static TapeEntry<T> Entry(Node<T> node) =>
        new(new Variable<T>(node), [.. Enumerable.Range(0, node.InputCount).Select(index => new Variable<T>(node.Input(index)))]);
}
