using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>
/// The sizes of images along the chain: from the input, or the last reshape to [N, C, H, W], through convolution and pooling to any value.
/// </summary>
internal sealed class ImageShapes(OnnxGraph graph, OnnxInput input)
{
    private readonly Dictionary<string, ImageShape?> known = new(StringComparer.Ordinal) { [input.Name] = OfInput(input) };

    /// <summary>The images that a value is; null where it is plain columns, or its size is not known.</summary>
    public ImageShape? Of(string value)
    {
        // Back to what is known, then forth again: a chain may be too long for a recursion.
        Stack<(string Value, NodeProto Node)> way = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        string place = value;
        while (!known.ContainsKey(place))
        {
            if (!seen.Add(place) || graph.Peek(place) is not { Input.Count: > 0 } node || node.Input.FirstOrDefault(name => !graph.IsConstant(name)) is not { Length: > 0 } before)
            {
                known.Add(place, null);
                continue;
            }

            way.Push((place, node));
            place = before;
        }

        for (ImageShape? shape = known[place]; way.TryPop(out (string Value, NodeProto Node) step);)
            known[step.Value] = shape = After(step.Node, shape);
        return known[value];
    }

    /// <summary>The sizes of a Conv node.</summary>
    public ConvolutionShape Convolution(NodeProto node, ImageShape image)
    {
        graph.RequireOnly(node, "kernel_shape", "strides", "pads", "dilations", "group", "auto_pad");
        if (node.Input.Count is not (2 or 3) || graph.Constant(node.Input[1]) is not { Dims: [>= 1 and <= int.MaxValue and var outputs, >= 1 and var channels, >= 1 and <= int.MaxValue and var height, >= 1 and <= int.MaxValue and var width] })
            throw graph.Unsupported(node, "only a constant weight of four dimensions is supported: output channels, channels of a group, height and width");
        Size2D kernel = new((int)height, (int)width);
        if (Size(node, "kernel_shape", kernel) != kernel)
            throw graph.Unsupported(node, $"its kernel_shape is not that of its weight, {kernel}");
        long groups = OnnxGraph.Attribute(node, "group")?.I ?? 1;
        if (groups is < 1 or > int.MaxValue || channels > int.MaxValue || channels * groups != image.Channels)
            throw graph.Unsupported(node, $"its weight of {channels} channels in {groups} groups does not fit images of {image}");
        return Made(node, () => new ConvolutionShape(image, (int)outputs, kernel, Size(node, "strides", 1), Padding(node), Size(node, "dilations", 1), (int)groups));
    }

    /// <summary>The sizes of a MaxPool or AveragePool node.</summary>
    public PoolingShape Pooling(NodeProto node, ImageShape image)
    {
        graph.RequireOnly(node, node.OpType == "MaxPool"
            ? ["kernel_shape", "strides", "pads", "dilations", "auto_pad", "ceil_mode", "storage_order"]
            : ["kernel_shape", "strides", "pads", "auto_pad", "ceil_mode", "count_include_pad"]);
        if (node.Output.Count != 1)
            throw graph.Unsupported(node, "the second output, the indices, is not supported");
        if (OnnxGraph.Attribute(node, "ceil_mode") is { I: not 0 })
            throw graph.Unsupported(node, "only ceil_mode 0 is supported");
        return Made(node, () => new PoolingShape(image, Size(node, "kernel_shape", null), Size(node, "strides", 1), Padding(node), Size(node, "dilations", 1)));
    }

    private static ImageShape? OfInput(OnnxInput input) => input.Dimensions is [_, { } channels, { } height, { } width] ? Image(channels, height, width) : null;

    private static ImageShape? Image(long channels, long height, long width) =>
        channels is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue && width is >= 1 and <= int.MaxValue && (UInt128)channels * (UInt128)height * (UInt128)width <= int.MaxValue
            ? new((int)channels, (int)height, (int)width)
            : null;

    private ImageShape? After(NodeProto node, ImageShape? before)
    {
        if (node.OpType == "Reshape")
            return node.Input.Count == 2 && graph.Constant(node.Input[1]) is { } tensor && OnnxTensor.Integers(tensor) is [_, var channels, var height, var width] ? Image(channels, height, width) : null;
        if (before is not { } image)
            return null;
        return node.OpType switch
        {
            "Conv" => Convolution(node, image).Output,
            "MaxPool" or "AveragePool" => Pooling(node, image).Output,
            "GlobalAveragePool" => new(image.Channels, 1, 1),
            "Flatten" or "Gemm" or "MatMul" => null,
            _ => image,
        };
    }

    /// <summary>An attribute of two numbers.</summary>
    private Size2D Size(NodeProto node, string name, Size2D? byDefault)
    {
        if (OnnxGraph.Attribute(node, name) is not { } attribute)
            return byDefault ?? throw graph.Unsupported(node, $"it has no {name}");
        return attribute.Ints is [>= 0 and <= int.MaxValue and var height, >= 0 and <= int.MaxValue and var width]
            ? new((int)height, (int)width)
            : throw graph.Unsupported(node, $"{name} must be two whole numbers: only images are supported");
    }

    private Size2D Padding(NodeProto node)
    {
        if (OnnxGraph.Attribute(node, "auto_pad") is { } auto && auto.S.ToStringUtf8() is not ("NOTSET" or "VALID"))
            throw graph.Unsupported(node, "only auto_pad NOTSET is supported");
        if (OnnxGraph.Attribute(node, "pads") is not { } pads)
            return 0;
        return pads.Ints is [>= 0 and <= int.MaxValue and var top, >= 0 and <= int.MaxValue and var left, var bottom, var right] && top == bottom && left == right
            ? new((int)top, (int)left)
            : throw graph.Unsupported(node, "only padding that is equal on opposite sides is supported");
    }

    private TShape Made<TShape>(NodeProto node, Func<TShape> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw graph.Unsupported(node, OneLine.Reason(error));
        }
    }
}
