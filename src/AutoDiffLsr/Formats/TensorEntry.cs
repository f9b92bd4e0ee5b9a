namespace AutoDiffLsr.Formats;

/// <summary>What the header of a safetensors file says about one tensor.</summary>
public sealed class TensorEntry
{
    internal TensorEntry(string name, TensorType type, long[] shape, long begin, long end)
    {
        (Name, Type, Shape, Begin, End) = (name, type, shape, begin, end);
        Count = (end - begin) / type.Size();
    }

    /// <summary>Its name, such as "0.weight".</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public TensorType Type { get; }

    /// <summary>Its sizes, the last running fastest; none for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements: the product of the sizes.</summary>
    public long Count { get; }

    /// <summary>Where its first byte is, counted from the end of the header.</summary>
    internal long Begin { get; }

    /// <summary>Where its last byte ends.</summary>
    internal long End { get; }

    /// <summary>"0.weight F32 [128, 784]".</summary>
    public override string ToString() => $"{Name} {Type} {ShapeText(Shape)}";

    internal static string ShapeText(IEnumerable<long> shape) => FormattableString.Invariant($"[{string.Join(", ", shape)}]");
}
