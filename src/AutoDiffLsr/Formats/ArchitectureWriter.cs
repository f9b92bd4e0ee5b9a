using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Formats;

/// <summary>Writes how layers are built, as JSON: <c>{"type":"dense","inputs":784,"outputs":128,"bias":true}</c>.</summary>
internal sealed class ArchitectureWriter<T>(Utf8JsonWriter json)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Layer<T>, string> paths = [];

    /// <summary>Writes one layer and those inside.</summary>
    /// <param name="path">Its place: "" for the whole, then "0", "1.2".</param>
    /// <exception cref="NotSupportedException">A layer is none of this library.</exception>
    public void Write(Layer<T> layer, string path)
    {
        json.WriteStartObject();
        if (paths.TryGetValue(layer, out string? first))
        {
            json.WriteString("type", "shared");
            json.WriteString("layer", first);
        }
        else
        {
            // Only layers that hold no others are shared by name: a file that shares containers could unfold to any size.
            if (layer.Children.Count == 0)
                paths.Add(layer, path);
            WriteNew(layer, path);
        }

        json.WriteEndObject();
    }

    private void WriteNew(Layer<T> layer, string path)
    {
        json.WriteString("type", TypeName(layer, path));
        switch (layer)
        {
            case Dense<T> dense:
                json.WriteNumber("inputs", dense.Weight.Shape.Rows);
                json.WriteNumber("outputs", dense.Outputs);
                json.WriteBoolean("bias", dense.Bias is not null);
                break;
            case LeakyRelu<T> leaky:
                json.WriteNumber("slope", leaky.Slope);
                break;
            case BatchNorm<T> norm:
                json.WriteNumber("columns", norm.Weight.Shape.Columns);
                json.WriteNumber("momentum", norm.Momentum);
                json.WriteNumber("epsilon", norm.Epsilon);
                break;
            case LayerNorm<T> norm:
                json.WriteNumber("columns", norm.Weight.Shape.Columns);
                json.WriteNumber("epsilon", norm.Epsilon);
                break;
            case Dropout<T> dropout:
                json.WriteNumber("rate", dropout.Rate);
                json.WriteNumber("random_state", dropout.Counters[0].Value);
                break;
            case Elu<T> elu:
                json.WriteNumber("scale", elu.Scale);
                break;
            case Embedding<T> embedding:
                json.WriteNumber("count", embedding.Count);
                json.WriteNumber("width", embedding.Width);
                json.WriteNumber("length", embedding.Length);
                break;
            case BatchNorm2D<T> norm:
                WriteImage(norm.InputImage!.Value);
                json.WriteNumber("momentum", norm.Momentum);
                json.WriteNumber("epsilon", norm.Epsilon);
                break;
            case Conv2D<T> convolution:
                WriteConvolution(convolution);
                break;
            case MaxPool2D<T> pool:
                WritePooling(pool.Shape);
                WriteSize("dilation", pool.Shape.Dilation);
                break;
            case AveragePool2D<T> pool:
                WritePooling(pool.Shape);
                json.WriteBoolean("count_padding", pool.CountPadding);
                break;
            case GlobalAveragePool2D<T> pool:
                WriteImage(pool.Shape.Input);
                break;
            case Sequential<T> or Residual<T>:
                WriteChildren(layer, path);
                break;
        }
    }

    private void WriteConvolution(Conv2D<T> convolution)
    {
        WriteImage(convolution.Shape.Input);
        json.WriteNumber("channels", convolution.Shape.Output.Channels);
        WriteSize("kernel", convolution.Shape.Kernel);
        WriteSize("stride", convolution.Shape.Stride);
        WriteSize("padding", convolution.Shape.Padding);
        WriteSize("dilation", convolution.Shape.Dilation);
        json.WriteNumber("groups", convolution.Shape.Groups);
        json.WriteBoolean("bias", convolution.Bias is not null);
    }

    private void WritePooling(PoolingShape shape)
    {
        WriteImage(shape.Input);
        WriteSize("kernel", shape.Kernel);
        WriteSize("stride", shape.Stride);
        WriteSize("padding", shape.Padding);
    }

    private void WriteImage(ImageShape image) => WriteNumbers("image", [image.Channels, image.Height, image.Width]);

    private void WriteSize(string name, Size2D size) => WriteNumbers(name, [size.Height, size.Width]);

    private void WriteNumbers(string name, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private void WriteChildren(Layer<T> container, string path)
    {
        json.WriteStartArray("layers");
        for (int i = 0; i < container.Children.Count; i++)
            Write(container.Children[i], path.Length == 0 ? $"{i}" : $"{path}.{i}");
        json.WriteEndArray();
    }

    private static string TypeName(Layer<T> layer, string path) => layer switch
    {
        Dense<T> => "dense",
        Relu<T> => "relu",
        LeakyRelu<T> => "leaky_relu",
        Gelu<T> => "gelu",
        Sigmoid<T> => "sigmoid",
        Softplus<T> => "softplus",
        Tanh<T> => "tanh",
        BatchNorm<T> => "batch_norm",
        LayerNorm<T> => "layer_norm",
        Dropout<T> => "dropout",
        Sequential<T> => "sequential",
        Residual<T> => "residual",
        Silu<T> => "silu",
        Elu<T> => "elu",
        Embedding<T> => "embedding",
        Flatten<T> => "flatten",
        Conv2D<T> => "conv2d",
        MaxPool2D<T> => "max_pool2d",
        AveragePool2D<T> => "average_pool2d",
        GlobalAveragePool2D<T> => "global_average_pool2d",
        BatchNorm2D<T> => "batch_norm2d",
        _ => throw new NotSupportedException(
            $"Layer {(path.Length == 0 ? "" : path + " ")}({layer.Description}) is a {layer.GetType().Name}: a model file can hold layers of this library only. Save its weights alone with Weights.Save."),
    };
}
