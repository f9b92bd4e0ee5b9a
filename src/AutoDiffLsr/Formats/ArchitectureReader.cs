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
    private const string Known = "dense, relu, leaky_relu, gelu, sigmoid, softplus, tanh, batch_norm, layer_norm, dropout, sequential or shared";

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
        if (layer is not Sequential<T>)
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
        "sequential" => Sequential(json, path),
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

    private Sequential<T> Sequential(JsonFields json, string path)
    {
        json.RequireOnly("type", "layers");
        int place = 0;
        List<Layer<T>> children = json.Get("layers").List(child => Read(child, path.Length == 0 ? $"{place++}" : $"{path}.{place++}"));
        return new([.. children]);
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
