using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Layers;

namespace AutoDiffLsr.Formats;

/// <summary>Writes how layers are built, as JSON: <c>{"type":"dense","inputs":784,"outputs":128,"bias":true}</c>.</summary>
internal sealed class ArchitectureWriter<T>(Utf8JsonWriter json)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Layer<T>, string> paths = [];

    /// <summary>Writes one layer and those inside.</summary>
    /// <param name="layer">The layer.</param>
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
            if (layer is not Sequential<T>)
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
            case Sequential<T> sequential:
                WriteChildren(sequential, path);
                break;
        }
    }

    private void WriteChildren(Sequential<T> sequential, string path)
    {
        json.WriteStartArray("layers");
        for (int i = 0; i < sequential.Count; i++)
            Write(sequential[i], path.Length == 0 ? $"{i}" : $"{path}.{i}");
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
        _ => throw new NotSupportedException(
            $"Layer {(path.Length == 0 ? "" : path + " ")}({layer.Description}) is a {layer.GetType().Name}: a model file can hold layers of this library only. Save its weights alone with Weights.Save."),
    };
}
