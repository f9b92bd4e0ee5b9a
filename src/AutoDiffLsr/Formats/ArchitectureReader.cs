using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Formats;

/// <summary>
/// Builds layers from what <see cref="ArchitectureWriter{T}"/> wrote. The layer types are a closed list. A layer with weights is only made after the
/// file was seen to hold its tensors, so a file cannot claim more memory than it has bytes.
/// </summary>
internal sealed class ArchitectureReader<T>(SafetensorsReader tensors)
    where T : struct, IFloatingPointIeee754<T>
{
    private const string Known = "dense, relu, leaky_relu, gelu, sigmoid, softplus, tanh, batch_norm, layer_norm, dropout, silu, elu, embedding, flatten, conv2d, max_pool2d, average_pool2d, global_average_pool2d, batch_norm2d, residual, sequential or shared";

    private readonly Dictionary<string, Layer<T>> layers = new(StringComparer.Ordinal);

    /// <summary>Builds one layer and those inside; the weights are still to be read.</summary>
    /// <param name="json">What was written.</param>
    /// <param name="path">The place of the layer: "" for the whole, then "0", "1.2".</param>
    public Layer<T> Read(JsonFields json, string path)
    {
        string type = json.Get("type").Text();
        if (type == "shared")
            return Shared(json);
        Layer<T> layer = Create(type, json, path);
        if (layer.Children.Count == 0)
            layers.Add(path, layer);
        return layer;
    }

    private Layer<T> Create(string type, JsonFields json, string path) => type switch
    {
        "dense" => Dense(json, path),
        "leaky_relu" => LeakyRelu(json),
        "batch_norm" => BatchNorm(json, path),
        "layer_norm" => LayerNorm(json, path),
        "dropout" => Dropout(json),
        "sequential" => new Sequential<T>([.. Children(json, path)]),
        "residual" => Residual(json, path),
        "embedding" => Embedding(json, path),
        "conv2d" => Conv2D(json, path),
        "batch_norm2d" => BatchNorm2D(json, path),
        "max_pool2d" => MaxPool2D(json),
        "average_pool2d" => AveragePool2D(json),
        "global_average_pool2d" => GlobalAveragePool2D(json),
        "elu" => Elu(json),
        "silu" => Plain(json, new Silu<T>()),
        "flatten" => Plain(json, new Flatten<T>()),
        "relu" => Plain(json, new Relu<T>()),
        "gelu" => Plain(json, new Gelu<T>()),
        "sigmoid" => Plain(json, new Sigmoid<T>()),
        "softplus" => Plain(json, new Softplus<T>()),
        "tanh" => Plain(json, new Tanh<T>()),
        _ => throw json.Error($"the layer type {OneLine.Quote(type)}", Known),
    };

    private static Layer<T> Plain(JsonFields json, Layer<T> layer)
    {
        json.RequireOnly("type");
        return layer;
    }

    private Dense<T> Dense(JsonFields json, string path)
    {
        json.RequireOnly("type", "inputs", "outputs", "bias");
        int inputs = json.Get("inputs").Count(1), outputs = json.Get("outputs").Count(1);
        RequireTensor(path, "weight", outputs, inputs);
        bool bias = json.Get("bias").Boolean();
        if (bias)
            RequireTensor(path, "bias", outputs);
        return new(inputs, outputs, new RandomSource(0), bias, Initializer.Zeros);
    }

    private static LeakyRelu<T> LeakyRelu(JsonFields json)
    {
        json.RequireOnly("type", "slope");
        return new(json.Get("slope").Number<double>());
    }

    private BatchNorm<T> BatchNorm(JsonFields json, string path)
    {
        json.RequireOnly("type", "columns", "momentum", "epsilon");
        int columns = json.Get("columns").Count(1);
        RequireTensor(path, "weight", columns);
        return new(columns, json.Get("momentum").Number<double>(), json.Get("epsilon").Number<double>());
    }

    private LayerNorm<T> LayerNorm(JsonFields json, string path)
    {
        json.RequireOnly("type", "columns", "epsilon");
        int columns = json.Get("columns").Count(1);
        RequireTensor(path, "weight", columns);
        return new(columns, json.Get("epsilon").Number<double>());
    }

    private static Dropout<T> Dropout(JsonFields json)
    {
        json.RequireOnly("type", "rate", "random_state");
        return new(json.Get("rate").Number<double>(), unchecked((long)json.Get("random_state").Bits()));
    }

    private static Elu<T> Elu(JsonFields json)
    {
        json.RequireOnly("type", "scale");
        return new(json.Get("scale").Number<double>());
    }

    private Embedding<T> Embedding(JsonFields json, string path)
    {
        json.RequireOnly("type", "count", "width", "length");
        int count = json.Get("count").Count(1), width = json.Get("width").Count(1);
        RequireTensor(path, "weight", count, width);
        return new(count, width, new RandomSource(0), json.Get("length").Count(1));
    }

    private Conv2D<T> Conv2D(JsonFields json, string path)
    {
        json.RequireOnly("type", "image", "channels", "kernel", "stride", "padding", "dilation", "groups", "bias");
        ImageShape image = Image(json);
        int channels = json.Get("channels").Count(1), groups = json.Get("groups").Count(1);
        bool bias = json.Get("bias").Boolean();
        Size2D kernel = Size(json, "kernel", 1);
        ConvolutionShape shape = new(image, channels, kernel, Size(json, "stride", 1), Size(json, "padding", 0), Size(json, "dilation", 1), groups);
        RequireTensor(path, "weight", LayerState<T>.ShapeInFile(shape));
        if (bias)
            RequireTensor(path, "bias", channels);
        return new(image, channels, kernel, new RandomSource(0), shape.Stride, shape.Padding, shape.Dilation, groups, bias, Initializer.Zeros);
    }

    private BatchNorm2D<T> BatchNorm2D(JsonFields json, string path)
    {
        json.RequireOnly("type", "image", "momentum", "epsilon");
        ImageShape image = Image(json);
        RequireTensor(path, "weight", image.Channels);
        return new(image, json.Get("momentum").Number<double>(), json.Get("epsilon").Number<double>());
    }

    private static MaxPool2D<T> MaxPool2D(JsonFields json)
    {
        json.RequireOnly("type", "image", "kernel", "stride", "padding", "dilation");
        return new(Image(json), Size(json, "kernel", 1), Size(json, "stride", 1), Size(json, "padding", 0), Size(json, "dilation", 1));
    }

    private static AveragePool2D<T> AveragePool2D(JsonFields json)
    {
        json.RequireOnly("type", "image", "kernel", "stride", "padding", "count_padding");
        return new(Image(json), Size(json, "kernel", 1), Size(json, "stride", 1), Size(json, "padding", 0), json.Get("count_padding").Boolean());
    }

    private static GlobalAveragePool2D<T> GlobalAveragePool2D(JsonFields json)
    {
        json.RequireOnly("type", "image");
        return new(Image(json));
    }

    private static ImageShape Image(JsonFields json) => Numbers(json.Get("image"), 3, 1) is [var channels, var height, var width] ? new(channels, height, width) : default;

    private static Size2D Size(JsonFields json, string name, int least) => Numbers(json.Get(name), 2, least) is [var height, var width] ? new(height, width) : default;

    private static List<int> Numbers(JsonFields json, int count, int least)
    {
        List<int> numbers = json.List(number => number.Count(least));
        return numbers.Count == count ? numbers : throw json.Error($"{numbers.Count} numbers", $"{count}");
    }

    private Residual<T> Residual(JsonFields json, string path)
    {
        List<Layer<T>> children = Children(json, path);
        return children.Count is 1 or 2 ? new(children[0], children.ElementAtOrDefault(1)) : throw json.Error($"{children.Count} layers", "the layer and, where it has one, its shortcut");
    }

    private List<Layer<T>> Children(JsonFields json, string path)
    {
        json.RequireOnly("type", "layers");
        int place = 0;
        return json.Get("layers").List(child => Read(child, path.Length == 0 ? $"{place++}" : $"{path}.{place++}"));
    }

    private Layer<T> Shared(JsonFields json)
    {
        json.RequireOnly("type", "layer");
        string path = json.Get("layer").Text();
        return layers.TryGetValue(path, out Layer<T>? layer) ? layer : throw json.Error($"the layer {OneLine.Quote(path)}", "one that comes earlier and holds no others");
    }

    private void RequireTensor(string path, string name, params ReadOnlySpan<long> shape) =>
        LayerState<T>.Require(tensors, path.Length == 0 ? name : $"{path}.{name}", shape);
}
