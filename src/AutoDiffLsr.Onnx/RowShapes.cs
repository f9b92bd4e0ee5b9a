using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>
/// Nodes that only change the shape. A sample is a row here, so one that keeps the numbers of each sample together is nothing, and any other is refused.
/// </summary>
internal sealed class RowShapes(OnnxGraph graph, OnnxInput input)
{
    private readonly List<(NodeProto Node, long Columns, int LayersAfter)> reshapes = [];

    /// <summary>Flatten to N x F: from the first axis on, all of a sample.</summary>
    public string Flatten(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node, "axis");
        long axis = OnnxGraph.Attribute(node, "axis")?.I ?? 1;
        if (axis < 0 && RankOf(node.Input[0]) is { } rank)
            axis += rank;
        return axis == 1 ? node.Input[0] : throw graph.Unsupported(node, "only axis 1 is supported, which makes a sample a row");
    }

    /// <summary>Reshape to [N, ...], where the sizes of a sample multiply to its columns.</summary>
    /// <param name="layersAfter">How many layers come after it.</param>
    /// <returns>Its input.</returns>
    public string Reshape(NodeProto node, int layersAfter)
    {
        RequireInputs(node, 2);
        graph.RequireOnly(node, "allowzero");
        if (graph.Constant(node.Input[1]) is not { } tensor || OnnxTensor.Integers(tensor) is not { } shape)
            throw graph.Unsupported(node, "only a constant shape is supported");
        bool keepsBatch = shape.Length >= 2
            && (shape[0] == -1 || (shape[0] == 0 && OnnxGraph.Attribute(node, "allowzero") is null or { I: 0 }) || (shape[0] == 1 && input.IsOneSample));
        long[] sample = keepsBatch ? shape[1..] : [];
        bool infersColumns = shape.Length > 0 && shape[0] != -1 && sample.Count(size => size == -1) == 1 && sample.All(size => size is -1 or > 0);
        if (!keepsBatch || (!infersColumns && sample.Any(size => size < 1)))
            throw graph.Unsupported(node, $"its shape [{string.Join(", ", shape.Take(10))}] does not keep each sample a row; [-1, columns] or [0, -1] does");
        if (!infersColumns)
            reshapes.Add((node, Product(sample), layersAfter));
        return node.Input[0];
    }

    /// <summary>How many dimensions a value has; null where it is not known.</summary>
    public int? RankOf(string value)
    {
        for (int steps = 0; steps <= graph.NodeCount; steps++)
        {
            if (value == input.Name)
                return input.Rank;
            if (graph.Peek(value) is not { Input.Count: > 0 } node)
                return null;
            if (node.OpType is "Flatten" or "Gemm")
                return 2;
            if (node.OpType == "Reshape")
                return node.Input.Count == 2 && graph.Constant(node.Input[1]) is { Dims: [var rank] } ? (int)Math.Min(rank, int.MaxValue) : null;
            value = node.Input.FirstOrDefault(name => !graph.IsConstant(name)) ?? "";
        }

        return null;
    }

    /// <summary>The declared features of a net whose layers take any number of columns.</summary>
    public int DeclaredFeatures(int fallback)
    {
        if (input.Features is not { } features)
            return fallback;
        if (features > int.MaxValue)
            throw graph.Unsupported($"the input {OneLine.Quote(input.Name)} is declared {features} numbers wide, but at most {int.MaxValue} are supported");
        graph.CountNumbers((int)features);
        return (int)features;
    }

    /// <summary>Holds the declared width of the input, and each shape asked for, to the layers.</summary>
    public void Check<T>(Sequential<T> net)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (input.Features is { } declared && net.InputColumns is { } columns && declared != columns)
            throw graph.Unsupported($"the input {OneLine.Quote(input.Name)} is declared {declared} numbers wide, but the layers take {columns}");
        foreach ((NodeProto node, long expected, int layersAfter) in reshapes)
        {
            if (ColumnsBefore(net, net.Count - layersAfter) is { } actual && actual != expected)
                throw graph.Unsupported(node, $"it makes rows of {expected} numbers out of samples of {actual}; only a reshape that keeps each sample a row is supported");
        }
    }

    private long? ColumnsBefore<T>(Sequential<T> net, int layer)
        where T : struct, IFloatingPointIeee754<T>
    {
        if ((net.InputColumns ?? input.Features) is not ({ } width and <= int.MaxValue))
            return null;
        int columns = (int)width;
        for (int i = 0; i < layer; i++)
            columns = net[i].OutputColumns(columns);
        return columns;
    }

    private void RequireInputs(NodeProto node, int count)
    {
        if (node.Input.Count != count)
            throw graph.Unsupported(node, $"it has {node.Input.Count} inputs, but only {count} are supported");
    }

    private static long Product(ReadOnlySpan<long> sizes)
    {
        Int128 product = 1;
        foreach (long size in sizes)
            product = product > long.MaxValue ? product : product * size;
        return product > long.MaxValue ? long.MaxValue : (long)product;
    }
}
