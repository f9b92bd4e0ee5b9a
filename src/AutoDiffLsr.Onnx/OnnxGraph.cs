using AutoDiffLsr.Files;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>A graph by its values: which node makes a value, and which values are constants.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
    private readonly HashSet<NodeProto> used = new(ReferenceEqualityComparer.Instance);
    private readonly GraphProto graph;
    private long numbersLeft;

    public OnnxGraph(GraphProto graph, long opset, string file)
    {
        (this.graph, Opset, File) = (graph, opset, file);
        foreach (TensorProto tensor in graph.Initializer)
            AddConstant(tensor.Name, tensor);
        foreach (NodeProto node in graph.Node)
            Add(node);
        numbersLeft = 1_000_000 + (16 * constants.Values.Sum(tensor => (long)tensor.RawData.Length + tensor.FloatData.Count + tensor.DoubleData.Count));
    }

    public string File { get; }

    /// <summary>The version of the standard's operations.</summary>
    public long Opset { get; }

    public int NodeCount => graph.Node.Count;

    public string OutputName => graph.Output[0].Name;

    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    /// <summary>The node that makes a value; it counts as used. Null for a constant or an input.</summary>
    public NodeProto? Producer(string value)
    {
        if (producers.TryGetValue(value, out NodeProto? node))
            used.Add(node);
        return node;
    }

    /// <summary>The node that makes a value if it is of the given operation.</summary>
    public NodeProto? Producer(string value, string operation) =>
        producers.TryGetValue(value, out NodeProto? node) && node.OpType == operation ? Producer(value) : null;

    /// <summary>The node that makes a value, only looked at: it does not count as used.</summary>
    public NodeProto? Peek(string value) => producers.GetValueOrDefault(value);

    public bool IsConstant(string value) => constants.ContainsKey(value);

    public TensorProto? Constant(string value) => constants.GetValueOrDefault(value);

    /// <summary>The two inputs of a node of which the second is a constant number, in whatever order they are written; null if it has no such inputs.</summary>
    public (string Value, double Number)? WithNumber(NodeProto node, bool isCommutative = true)
    {
        if (node.Input.Count != 2)
            return null;
        if (Number(node.Input[1]) is { } second)
            return (node.Input[0], second);
        return isCommutative && Number(node.Input[0]) is { } first ? (node.Input[1], first) : null;
    }

    /// <summary>A constant that is a single number, or null.</summary>
    public double? Number(string value) => Constant(value) is { } tensor ? OnnxTensor.Number(tensor) : null;

    /// <summary>Counts numbers that become part of a layer: nodes that name one large constant again and again would fill the memory.</summary>
    public void CountNumbers(int count)
    {
        if ((numbersLeft -= count) < 0)
            throw Unsupported("its nodes use the same constants again and again; a model of this size should have its own for each layer");
    }

    /// <summary>An attribute of a node that is a finite number.</summary>
    public double Number(NodeProto node, string attribute, float defaultValue)
    {
        float value = Attribute(node, attribute)?.F ?? defaultValue;
        return float.IsFinite(value) ? value : throw Unsupported(node, FormattableString.Invariant($"{attribute} is {value}, but must be a finite number"));
    }

    /// <summary>An attribute of a node, or null.</summary>
    public static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>Refuses a node that has other attributes than these: what they mean is not known.</summary>
    public void RequireOnly(NodeProto node, params ReadOnlySpan<string> attributes)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (!attributes.Contains(attribute.Name))
                throw Unsupported(node, $"the attribute {OneLine.Quote(attribute.Name)} is not supported");
        }
    }

    /// <summary>Refuses a graph with nodes that are not part of the chain.</summary>
    public void RequireAllUsed()
    {
        if (graph.Node.FirstOrDefault(node => !used.Contains(node) && node.OpType != "Constant") is { } node)
            throw Unsupported(node, "it is not part of the chain from the input to the output");
    }

    public ModelFileException Unsupported(NodeProto node, string reason) => new(File, $"{Describe(node)}: {reason}");

    public ModelFileException Unsupported(string reason) => new(File, reason);

    private void Add(NodeProto node)
    {
        if (node.Output.Count == 0)
            throw Unsupported(node, "it has no output");
        if (node.OpType == "Constant" && IsStandard(node.Domain))
        {
            TensorProto value = Attribute(node, "value")?.T ?? NumbersOf(node) ?? throw Unsupported(node, "only constants that are tensors or numbers are supported");
            AddConstant(node.Output[0], value);
            return;
        }

        foreach (string output in node.Output)
        {
            if (output.Length > 0 && (constants.ContainsKey(output) || !producers.TryAdd(output, node)))
                throw Unsupported(node, $"the value {OneLine.Quote(output)} is there already");
        }
    }

    /// <summary>The constant of a node that gives it as plain numbers, as opset 12 brought them.</summary>
    private static TensorProto? NumbersOf(NodeProto node)
    {
        TensorProto tensor = new() { DataType = OnnxElement.Float };
        if (Attribute(node, "value_float") is { } number)
        {
            tensor.FloatData.Add(number.F);
        }
        else if (Attribute(node, "value_floats") is { } numbers)
        {
            tensor.Dims.Add(numbers.Floats.Count);
            tensor.FloatData.AddRange(numbers.Floats);
        }
        else if (Attribute(node, "value_ints") is { } integers)
        {
            tensor.DataType = OnnxElement.Int64;
            tensor.Dims.Add(integers.Ints.Count);
            tensor.Int64Data.AddRange(integers.Ints);
        }
        else
        {
            return null;
        }

        return tensor;
    }

    private void AddConstant(string name, TensorProto tensor)
    {
        if (producers.ContainsKey(name) || !constants.TryAdd(name, tensor))
            throw Unsupported($"the value {OneLine.Quote(name)} is there twice");
    }

    private string Describe(NodeProto node)
    {
        string kind = IsStandard(node.Domain) ? OneLine.Clean(node.OpType) : $"{OneLine.Clean(node.Domain)}.{OneLine.Clean(node.OpType)}";
        int place = graph.Node.TakeWhile(other => !ReferenceEquals(other, node)).Count();
        return FormattableString.Invariant($"node {place}{(node.Name.Length > 0 ? " " + OneLine.Quote(node.Name) : "")} ({kind})");
    }
}
