using System.Numerics;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>A constant that is taken from each sample, or divides it: one number, or a tensor whose sides of length 1 are repeated to the shape of a sample.</summary>
internal sealed class RowConstant<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly OnnxGraph graph;
    private readonly NodeProto node;
    private readonly T[] values;
    private readonly IReadOnlyList<long> dimensions;

    private RowConstant(OnnxGraph graph, NodeProto node, T[] values, IReadOnlyList<long> dimensions) =>
        (this.graph, this.node, this.values, this.dimensions) = (graph, node, values, dimensions);

    public int Length => values.Length;

    /// <summary>The second input of a node.</summary>
    public static RowConstant<T> Read(OnnxGraph graph, NodeProto node)
    {
        T[] values = OnnxTensor.Read<T>(graph, node.Input[1], out IReadOnlyList<long> dimensions);
        return new(graph, node, values, dimensions);
    }

    /// <summary>A number for each feature.</summary>
    public T[] Spread(OnnxInput input, int features)
    {
        long[] sample = [.. input.Features == features ? input.Dimensions!.Skip(1).Select(size => size!.Value) : [features]];
        long[] sides = [.. dimensions];
        if (sides.Length > sample.Length && sides.Length == sample.Length + 1 && sides[0] == 1)
            sides = sides[1..];
        if (sides.Length > sample.Length || !sides.Index().All(side => side.Item == 1 || side.Item == sample[side.Index + sample.Length - sides.Length]))
        {
            throw graph.Unsupported(
                node, FormattableString.Invariant($"its constant of shape [{string.Join(", ", dimensions.Take(10))}] does not fit samples of shape [{string.Join(", ", sample.Take(10))}]"));
        }

        T[] spread = new T[features];
        for (int feature = 0; feature < features; feature++)
            spread[feature] = values[Place(feature, sample, sides)];
        return spread;
    }

    /// <summary>Where the number of a feature is, by NumPy's broadcasting: the last sides belong together, and one of length 1 is repeated.</summary>
    private static long Place(long feature, ReadOnlySpan<long> sample, ReadOnlySpan<long> sides)
    {
        long place = 0, stride = 1;
        for (int fromEnd = 1; fromEnd <= sides.Length; fromEnd++)
        {
            long size = sample[^fromEnd], side = sides[^fromEnd];
            place += side == 1 ? 0 : feature % size * stride;
            stride *= side;
            feature /= size;
        }

        return place;
    }
}
