using AutoDiffLsr.Files;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>The input that a graph declares: the first dimension counts samples, the others together make the row of one sample.</summary>
internal sealed class OnnxInput
{
    private OnnxInput(string name, int elementType, IReadOnlyList<long?>? dimensions) =>
        (Name, ElementType, Dimensions) = (name, elementType, dimensions);

    public string Name { get; }

    public int ElementType { get; }

    /// <summary>The sizes, null for a size that is left open; null as a whole where the file declares no shape.</summary>
    public IReadOnlyList<long?>? Dimensions { get; }

    public int? Rank => Dimensions?.Count;

    /// <summary>Whether the file is made for one sample a call.</summary>
    public bool IsOneSample => Dimensions is [1, ..];

    /// <summary>The numbers of one sample; null where a size is left open.</summary>
    public long? Features
    {
        get
        {
            if (Dimensions is null || Dimensions.Skip(1).Any(size => size is null))
                return null;
            UInt128 product = 1;
            foreach (long? size in Dimensions.Skip(1))
                product = product > long.MaxValue ? product : product * (UInt128)size!.Value;
            return product > long.MaxValue ? long.MaxValue : (long)product;
        }
    }

    /// <summary>Reads what is declared.</summary>
    /// <exception cref="ModelFileException">A size is zero or negative, or there is no dimension for the samples and one for the features.</exception>
    public static OnnxInput Of(ValueInfoProto value, string file)
    {
        TensorShapeProto? shape = value.Type?.TensorType?.Shape;
        long?[]? sizes = shape is null ? null : [.. shape.Dim.Select(Size)];
        if (sizes is not null && (sizes.Length < 2 || sizes.Any(size => size < 1)))
        {
            throw ModelFileException.At(
                file, $"the input {OneLine.Quote(value.Name)} of shape [{string.Join(", ", shape!.Dim.Take(10).Select(SizeText))}]", "a dimension for the samples and at least one for the features, each at least 1");
        }

        return new(value.Name, value.Type?.TensorType?.ElemType ?? 0, sizes);
    }

    private static long? Size(TensorShapeProto.Types.Dimension dimension) =>
        dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && dimension.DimValue != -1 ? dimension.DimValue : null;

    private static string SizeText(TensorShapeProto.Types.Dimension dimension) =>
        Size(dimension) is { } size ? FormattableString.Invariant($"{size}") : OneLine.Clean(dimension.DimParam);
}
