using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>Nodes that take images, as layers; the size of the images is known from what comes before.</summary>
internal sealed class ImageImport<T>(OnnxGraph graph, ImageShapes images)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The images that go into a node; null where they are plain columns, or of unknown size.</summary>
    public ImageShape? ShapeOf(NodeProto node) => images.Of(node.Input[0]);

    public Layer<T> Convolution(NodeProto node)
    {
        ConvolutionShape shape = images.Convolution(node, Input(node));
        T[] weight = OnnxTensor.Read<T>(graph, node.Input[1], out _);
        string? bias = node.Input.Count == 3 && node.Input[2].Length > 0 ? node.Input[2] : null;
        Conv2D<T> layer = new(
            shape.Input, shape.Output.Channels, shape.Kernel, new RandomSource(0), shape.Stride, shape.Padding, shape.Dilation, shape.Groups, bias is not null, Initializer.Zeros);
        weight.CopyTo(layer.Weight.Update());
        if (bias is not null)
        {
            T[] values = OnnxTensor.Read<T>(graph, bias, out _);
            if (values.Length != shape.Output.Channels)
                throw graph.Unsupported(node, $"its bias {OneLine.Quote(bias)} has {values.Length} numbers, but must have {shape.Output.Channels}");
            values.CopyTo(layer.Bias!.Update());
        }

        return layer;
    }

    public Layer<T> MaxPool(NodeProto node)
    {
        PoolingShape shape = images.Pooling(node, Input(node));
        return new MaxPool2D<T>(shape.Input, shape.Kernel, shape.Stride, shape.Padding, shape.Dilation);
    }

    public Layer<T> AveragePool(NodeProto node)
    {
        PoolingShape shape = images.Pooling(node, Input(node));
        return new AveragePool2D<T>(shape.Input, shape.Kernel, shape.Stride, shape.Padding, OnnxGraph.Attribute(node, "count_include_pad") is { I: not 0 });
    }

    public Layer<T> GlobalAveragePool(NodeProto node)
    {
        graph.RequireOnly(node);
        return new GlobalAveragePool2D<T>(Input(node));
    }

    private ImageShape Input(NodeProto node) => ShapeOf(node)
        ?? throw graph.Unsupported(node, "the size of the images that come in is not known; the input must be N x C x H x W with fixed C, H and W, or be reshaped to it");
}
