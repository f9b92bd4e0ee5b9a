namespace AutoDiffLsr.Data;

/// <summary>The content of an IDX file of unsigned bytes, such as images (count x rows x columns) or labels (count).</summary>
public sealed class IdxArray
{
    internal IdxArray(int[] dimensions, byte[] values)
    {
        Dimensions = dimensions;
        Values = values;
    }

    /// <summary>The sizes, the number of samples first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>All values, the last dimension running fastest: as many as the product of the sizes.</summary>
    public ReadOnlyMemory<byte> Values { get; }
}
