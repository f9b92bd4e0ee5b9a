using System.Numerics;
using System.Runtime.InteropServices;
using AutoDiffLsr.Files;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>The numbers of constants. Sizes are compared with the bytes that are there before anything is made.</summary>
internal static class OnnxTensor
{
    /// <summary>The numbers of a tensor of the type wanted.</summary>
    public static T[] Read<T>(OnnxGraph graph, string name, out IReadOnlyList<long> dimensions)
        where T : struct, IFloatingPointIeee754<T>
    {
        TensorProto tensor = graph.Constant(name) ?? throw graph.Unsupported($"{OneLine.Quote(name)} is no constant, but a weight must be one");
        string place = $"constant {OneLine.Quote(name)}";
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Inside)
            throw graph.Unsupported($"{place} is in another file; only models in one file are supported");
        if (tensor.DataType != OnnxElement.Of<T>())
            throw graph.Unsupported($"{place} is of {OnnxElement.Name(tensor.DataType)}, but the input of {OnnxElement.Name(OnnxElement.Of<T>())}");
        T[] values = Values<T>(tensor) ?? throw graph.Unsupported($"{place} has {tensor.RawData.Length} bytes, which is no whole number of elements");
        dimensions = tensor.Dims;
        if (!Fits(dimensions, values.Length))
            throw graph.Unsupported($"{place} has {values.Length} numbers, but its shape is [{string.Join(", ", dimensions.Take(10))}]");
        graph.CountNumbers(values.Length);
        int wrong = Array.FindIndex(values, value => !T.IsFinite(value));
        return wrong < 0 ? values : throw graph.Unsupported(FormattableString.Invariant($"{place} has {values[wrong]} as element {wrong}; weights must be finite"));
    }

    /// <summary>The number of a tensor of one element, or null.</summary>
    public static double? Number(TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Inside || !Fits(tensor.Dims, 1))
            return null;
        return tensor.DataType switch
        {
            OnnxElement.Float => Values<float>(tensor) is [var number] ? number : null,
            OnnxElement.Double => Values<double>(tensor) is [var number] ? number : null,
            _ => null,
        };
    }

    /// <summary>The whole numbers of a list, such as the shape that a Reshape asks for; null if the tensor is none.</summary>
    public static long[]? Integers(TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Inside || tensor.DataType != OnnxElement.Int64 || tensor.Dims.Count != 1)
            return null;
        long[] values = tensor.RawData.Length > 0 && tensor.RawData.Length % sizeof(long) == 0
            ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : [.. tensor.Int64Data];
        return Fits(tensor.Dims, values.Length) ? values : null;
    }

    private static T[]? Values<T>(TensorProto tensor)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (tensor.RawData.Length > 0)
            return tensor.RawData.Length % Marshal.SizeOf<T>() == 0 ? MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray() : null;
        return typeof(T) == typeof(float) ? (T[])(object)tensor.FloatData.ToArray() : (T[])(object)tensor.DoubleData.ToArray();
    }

    private static bool Fits(IReadOnlyList<long> dimensions, int count)
    {
        UInt128 product = 1;
        foreach (long size in dimensions)
        {
            if (size < 1 || product > int.MaxValue)
                return false;
            product *= (UInt128)size;
        }

        return product == (UInt128)count;
    }
}
