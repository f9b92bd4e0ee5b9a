using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx.Protos;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Onnx;

/// <summary>Walks the chain backwards, from the output to the input, and turns each node, or each group of nodes that is one layer, into a layer.</summary>
internal sealed class LayerImport<T>(OnnxGraph graph, OnnxInput input)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Stack<Layer<T>> layers = new();
    private readonly Dictionary<string, Layer<T>> byConstants = new(StringComparer.Ordinal);
    private readonly RowShapes rows = new(graph, input);
    private readonly ImageImport<T> images = new(graph, new ImageShapes(graph, input));
    private RowConstant<T>? mean;
    private RowConstant<T>? scale;

    public Model<T> Read(ModelProto model)
    {
        string value = graph.OutputName;
        for (int steps = 0; value != input.Name; steps++)
        {
            NodeProto node = graph.Producer(value) ?? throw graph.Unsupported($"the value {OneLine.Quote(value)} comes from no node; the model must be a chain from its input to its output");
            if (steps > model.Graph.Node.Count)
                throw graph.Unsupported(node, "it is part of a circle");
            value = Convert(node);
        }

        graph.RequireAllUsed();
        return Build(model);
    }

    private Model<T> Build(ModelProto model)
    {
        if (layers.Count == 0)
            throw graph.Unsupported("there is no layer between the input and the output");
        try
        {
            Sequential<T> net = new([.. layers]);
            rows.Check(net);
            ModelInfo info = new() { ClassNames = Names(model, "class_names"), FeatureNames = Names(model, "feature_names") };
            return new Model<T>(net, Standardization(net.InputColumns), info);
        }
        catch (ArgumentException error)
        {
            throw new ModelFileException(graph.File, $"its parts do not fit together: {OneLine.Reason(error)}", error);
        }
    }

    private string Convert(NodeProto node)
    {
        if (!OnnxGraph.IsStandard(node.Domain))
            throw graph.Unsupported(node, "only operations of the standard are supported");
        return node.OpType switch
        {
            "Identity" => Passed(node),
            "Flatten" => Flatten(node),
            "Reshape" => rows.Reshape(node, layers.Count),
            "Gemm" => Gemm(node),
            "Add" => Dense(node) ?? Activations.Sum(graph, node, layers) ?? throw NoLayer(node),
            "MatMul" => MatMul(node),
            "Mul" => Activations.Gelu(graph, node, layers) ?? Activations.Silu(graph, node, layers) ?? throw NoLayer(node),
            "Conv" => Pushed(node, byConstants, images.Convolution),
            "MaxPool" => Pushed(node, null, images.MaxPool),
            "AveragePool" => Pushed(node, null, images.AveragePool),
            "GlobalAveragePool" => Pushed(node, null, images.GlobalAveragePool),
            "Elu" => Elu(node),
            "Pad" => Pad(node),
            "Relu" => Plain(node, new Relu<T>()),
            "Sigmoid" => Plain(node, new Sigmoid<T>()),
            "Tanh" => Plain(node, new Tanh<T>()),
            "Softplus" => Plain(node, new Softplus<T>()),
            "Gelu" => Gelu(node),
            "LeakyRelu" => LeakyRelu(node),
            "BatchNormalization" => BatchNorm(node),
            "LayerNormalization" => LayerNorm(node),
            "Dropout" => Dropout(node),
            "Softmax" or "LogSoftmax" => Softmax(node),
            "Div" => Div(node),
            "Sub" => Sub(node),
            _ => throw NoLayer(node),
        };
    }

    private ModelFileException NoLayer(NodeProto node) => graph.Unsupported(node, "there is no layer for it here");

    private string Passed(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node);
        return node.Input[0];
    }

    private string Plain(NodeProto node, Layer<T> layer)
    {
        layers.Push(layer);
        return Passed(node);
    }

    /// <summary>Where images become plain columns, it is a layer, so that the layers behind it keep their places and their names.</summary>
    private string Flatten(NodeProto node)
    {
        if (images.ShapeOf(node) is not null)
            layers.Push(new Flatten<T>());
        return rows.Flatten(node);
    }

    /// <summary>A layer of images; one with weights is shared by nodes that have the same.</summary>
    private string Pushed(NodeProto node, Dictionary<string, Layer<T>>? shared, Func<NodeProto, Layer<T>> make)
    {
        string key = $"{Key(node)}{images.ShapeOf(node)}";
        if (shared is null || !shared.TryGetValue(key, out Layer<T>? layer))
        {
            layer = Made(node, () => make(node));
            shared?.Add(key, layer);
        }

        layers.Push(layer);
        return node.Input[0];
    }

    /// <summary>Nothing, as PyTorch writes it before each average pooling without padding.</summary>
    private string Pad(NodeProto node)
    {
        bool isNothing = node.Input.Count is 2 or 3 && graph.Constant(node.Input[1]) is { } pads && OnnxTensor.Integers(pads) is { } widths && widths.All(width => width == 0);
        return isNothing ? node.Input[0] : throw graph.Unsupported(node, "only a padding of nothing is supported; let the convolution or pooling pad");
    }

    private string Elu(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node, "alpha");
        layers.Push(Made(node, () => new Elu<T>(graph.Number(node, "alpha", 1))));
        return node.Input[0];
    }

    private string Gelu(NodeProto node)
    {
        graph.RequireOnly(node, "approximate");
        if (OnnxGraph.Attribute(node, "approximate") is { } approximate && approximate.S.ToStringUtf8() != "none")
            throw graph.Unsupported(node, "only the exact form is supported, not the approximation by tanh");
        RequireInputs(node, 1);
        layers.Push(new Gelu<T>());
        return node.Input[0];
    }

    private string LeakyRelu(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node, "alpha");
        layers.Push(new LeakyRelu<T>(graph.Number(node, "alpha", 0.01f)));
        return node.Input[0];
    }

    private string Gemm(NodeProto node)
    {
        graph.RequireOnly(node, "alpha", "beta", "transA", "transB");
        if (OnnxGraph.Attribute(node, "alpha") is { F: not 1 } || OnnxGraph.Attribute(node, "beta") is { F: not 1 } || OnnxGraph.Attribute(node, "transA") is { I: not 0 })
            throw graph.Unsupported(node, "only alpha 1, beta 1 and transA 0 are supported");
        string? bias = node.Input.Count == 3 && node.Input[2].Length > 0 ? node.Input[2] : null;
        RequireInputs(node, bias is null && node.Input.Count != 3 ? 2 : 3);
        PushDense(node, node.Input[1], OnnxGraph.Attribute(node, "transB") is { I: not 0 }, bias);
        return node.Input[0];
    }

    private string MatMul(NodeProto node)
    {
        RequireSamplesFirst(node);
        PushDense(node, node.Input[1], isTransposed: false, bias: null);
        return node.Input[0];
    }

    private void RequireSamplesFirst(NodeProto node)
    {
        RequireInputs(node, 2);
        graph.RequireOnly(node);
        if (graph.IsConstant(node.Input[0]) && !graph.IsConstant(node.Input[1]))
        {
            throw graph.Unsupported(
                node,
                $"it is W·x with the weight {OneLine.Quote(node.Input[0])} first, where a sample is a column; here a sample is a row: export x·W with the transposed weight second, or a Gemm with transB = 1");
        }
    }

    /// <summary>x·W + b of two nodes; null if it is not that.</summary>
    private string? Dense(NodeProto node)
    {
        RequireInputs(node, 2);
        graph.RequireOnly(node);
        (string value, string bias) = graph.IsConstant(node.Input[0]) ? (node.Input[1], node.Input[0]) : (node.Input[0], node.Input[1]);
        if (!graph.IsConstant(bias) || graph.Producer(value, "MatMul") is not { } product)
            return null;
        RequireSamplesFirst(product);
        PushDense(product, product.Input[1], isTransposed: false, bias);
        return product.Input[0];
    }

    private void PushDense(NodeProto node, string weight, bool isTransposed, string? bias)
    {
        string key = Key(isTransposed ? "transposed" : "", weight, bias ?? "");
        if (PushedShared(key))
            return;
        T[] values = OnnxTensor.Read<T>(graph, weight, out IReadOnlyList<long> sizes);
        if (sizes.Count != 2)
            throw graph.Unsupported(node, $"the weight {OneLine.Quote(weight)} has {sizes.Count} dimensions, but must have 2");
        (int inputs, int outputs) = isTransposed ? ((int)sizes[1], (int)sizes[0]) : ((int)sizes[0], (int)sizes[1]);
        Dense<T> dense = new(inputs, outputs, new RandomSource(0), bias is not null, Initializer.Zeros);
        Matrix<T> matrix = isTransposed ? Matrix<T>.Build.Dense(inputs, outputs, values) : Matrix<T>.Build.DenseOfRowMajor(inputs, outputs, values);
        dense.Weight.Assign(matrix);
        if (bias is not null)
            Vector(node, bias, outputs).CopyTo(dense.Bias!.Update());
        byConstants.Add(key, dense);
        layers.Push(dense);
    }

    /// <summary>Two nodes that are the same function of the same constants are one layer in two places: trained on, they stay the same.</summary>
    private bool PushedShared(string key)
    {
        bool isShared = byConstants.TryGetValue(key, out Layer<T>? layer);
        if (isShared)
            layers.Push(layer!);
        return isShared;
    }

    /// <summary>With lengths, so that no two lists of names give the same text.</summary>
    private static string Key(params IEnumerable<string> parts) => string.Concat(parts.Select(part => FormattableString.Invariant($"{part.Length}:{part}")));

    private static string Key(NodeProto node) =>
        Key(node.Input.Skip(1).Prepend(node.OpType).Concat(node.Attribute.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal)));

    private string BatchNorm(NodeProto node)
    {
        RequireInputs(node, 5);
        graph.RequireOnly(node, "epsilon", "momentum", graph.Opset < 9 ? "spatial" : "training_mode");
        if (OnnxGraph.Attribute(node, "training_mode") is { I: not 0 } || node.Output.Skip(1).Any(output => output.Length > 0))
            throw graph.Unsupported(node, "only the form for evaluation is supported: training_mode 0 and one output");
        return Pushed(node, byConstants, images.ShapeOf(node) is { } image ? _ => NewBatchNorm2D(node, image) : _ => NewBatchNorm(node));
    }

    private BatchNorm<T> NewBatchNorm(NodeProto node)
    {
        BatchNorm<T> norm = new(OnnxTensor.Read<T>(graph, node.Input[1], out _).Length, 1 - graph.Number(node, "momentum", 0.9f), graph.Number(node, "epsilon", 1e-5f));
        ReadBatchNorm(node, norm.Weight, norm.Bias, norm.RunningMean, norm.RunningVariance);
        return norm;
    }

    private BatchNorm2D<T> NewBatchNorm2D(NodeProto node, ImageShape image)
    {
        BatchNorm2D<T> norm = new(image, 1 - graph.Number(node, "momentum", 0.9f), graph.Number(node, "epsilon", 1e-5f));
        ReadBatchNorm(node, norm.Weight, norm.Bias, norm.RunningMean, norm.RunningVariance);
        return norm;
    }

    private void ReadBatchNorm(NodeProto node, Parameter<T> weight, Parameter<T> bias, Matrix<T> runningMean, Matrix<T> runningVariance)
    {
        int width = weight.Shape.Columns;
        Vector(node, node.Input[1], width).CopyTo(weight.Update());
        Vector(node, node.Input[2], width).CopyTo(bias.Update());
        runningMean.SetRow(0, Vector(node, node.Input[3], width));
        T[] variance = Vector(node, node.Input[4], width);
        runningVariance.SetRow(0, variance.All(value => value >= T.Zero) ? variance : throw graph.Unsupported(node, "it has a negative variance"));
    }

    private string LayerNorm(NodeProto node)
    {
        RequireInputs(node, 3);
        graph.RequireOnly(node, "axis", "epsilon", "stash_type");
        if (OnnxGraph.Attribute(node, "axis") is { I: not -1 and not 1 })
            throw graph.Unsupported(node, "only the last axis is supported");
        if (PushedShared(Key(node)))
            return node.Input[0];
        T[] weight = OnnxTensor.Read<T>(graph, node.Input[1], out _);
        LayerNorm<T> norm = Made(node, () => new LayerNorm<T>(weight.Length, graph.Number(node, "epsilon", 1e-5f)));
        weight.CopyTo(norm.Weight.Update());
        Vector(node, node.Input[2], weight.Length).CopyTo(norm.Bias.Update());
        byConstants.Add(Key(node), norm);
        layers.Push(norm);
        return node.Input[0];
    }

    private string Dropout(NodeProto node)
    {
        double rate = graph.Opset < 12 ? RatioOfAttribute(node) : RatioOfInput(node);
        layers.Push(Made(node, () => new Dropout<T>(rate, seed: layers.Count)));
        return node.Input[0];
    }

    /// <summary>Up to opset 11 the ratio is an attribute, and the node is always in evaluation.</summary>
    private double RatioOfAttribute(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node, "ratio");
        return graph.Number(node, "ratio", 0.5f);
    }

    private double RatioOfInput(NodeProto node)
    {
        graph.RequireOnly(node, "seed");
        if (node.Input.Count is < 1 or > 3 || (node.Input.Count > 2 && node.Input[2].Length > 0))
            throw graph.Unsupported(node, "only dropout that is off in evaluation is supported");
        return node.Input.Count < 2 || node.Input[1].Length == 0 ? 0.5 : graph.Number(node.Input[1]) ?? throw graph.Unsupported(node, "its ratio must be a constant number");
    }

    /// <summary>
    /// Left out at the end, where it makes probabilities of logits, or their logarithms. Up to opset 12 it runs over all dimensions from the axis on, from
    /// opset 13 over the axis alone; for rows of a matrix both are the same.
    /// </summary>
    private string Softmax(NodeProto node)
    {
        RequireInputs(node, 1);
        graph.RequireOnly(node, "axis");
        if (layers.Count > 0)
            throw graph.Unsupported(node, "a softmax is only supported at the end");
        if (OnnxGraph.Attribute(node, "axis") is not (null or { I: -1 or 1 }) || rows.RankOf(node.Input[0]) is > 2)
            throw graph.Unsupported(node, "only the columns of a matrix are supported, axis 1 or -1");
        return node.Input[0];
    }

    private string Div(NodeProto node)
    {
        RequireInputs(node, 2);
        graph.RequireOnly(node);
        bool isFirst = node.Input[0] == input.Name || graph.Producer(node.Input[0], "Sub")?.Input.FirstOrDefault() == input.Name;
        if (!isFirst || mean is not null || scale is not null)
            throw graph.Unsupported(node, "a division is only supported at the beginning, as part of a standardization");
        scale = RowConstant<T>.Read(graph, node);
        return node.Input[0];
    }

    private string Sub(NodeProto node)
    {
        RequireInputs(node, 2);
        graph.RequireOnly(node);
        if (node.Input[0] != input.Name)
            throw graph.Unsupported(node, "a subtraction is only supported at the beginning, as part of a standardization");
        mean = RowConstant<T>.Read(graph, node);
        return node.Input[0];
    }

    private Standardization<T>? Standardization(int? inputColumns)
    {
        if (mean is null && scale is null)
            return null;
        int features = inputColumns ?? rows.DeclaredFeatures(Math.Max(mean?.Length ?? 1, scale?.Length ?? 1));
        return new(mean?.Spread(input, features) ?? Filled(T.Zero), scale?.Spread(input, features) ?? Filled(T.One));

        T[] Filled(T value)
        {
            T[] values = new T[features];
            Array.Fill(values, value);
            return values;
        }
    }

    private T[] Vector(NodeProto node, string name, int length)
    {
        T[] values = OnnxTensor.Read<T>(graph, name, out _);
        return values.Length == length ? values : throw graph.Unsupported(node, $"the constant {OneLine.Quote(name)} has {values.Length} numbers, but must have {length}");
    }

    private void RequireInputs(NodeProto node, int count)
    {
        if (node.Input.Count != count)
            throw graph.Unsupported(node, $"it has {node.Input.Count} inputs, but only {count} are supported");
    }

    /// <summary>A layer knows best what its settings must be.</summary>
    private TLayer Made<TLayer>(NodeProto node, Func<TLayer> make)
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

    private List<string> Names(ModelProto model, string key)
    {
        string? json = model.MetadataProps.FirstOrDefault(entry => entry.Key == key)?.Value;
        return json is null || model.ProducerName != "AutoDiffLsr" ? [] : NameList.Read(graph.File, key, json);
    }
}
