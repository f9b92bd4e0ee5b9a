using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using AutoDiffLsr.Onnx.Protos;
using Google.Protobuf;

namespace AutoDiffLsr.Onnx;

/// <summary>Builds a chain of nodes from the input to the output.</summary>
internal sealed class GraphWriter<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const string InputName = "features";

    private readonly GraphProto graph = new() { Name = "autodifflsr" };
    private readonly HashSet<string> constants = new(StringComparer.Ordinal);

    public GraphWriter(int features)
    {
        Current = InputName;
        graph.Input.Add(Batch(InputName, features));
    }

    /// <summary>The value at the end of the chain.</summary>
    public string Current { get; private set; }

    /// <summary>Adds a node that takes the end of the chain, then the other inputs, and is the new end.</summary>
    public NodeProto Append(string operation, params ReadOnlySpan<string> others)
    {
        NodeProto node = Add(operation, [Current, .. others]);
        Current = node.Output[0];
        return node;
    }

    /// <summary>Adds a node beside the chain.</summary>
    public NodeProto Add(string operation, params ReadOnlySpan<string> inputs)
    {
        NodeProto node = new() { OpType = operation, Name = FormattableString.Invariant($"{graph.Node.Count}_{operation}") };
        node.Input.AddRange(inputs.ToArray());
        node.Output.Add(node.Name + "_out");
        graph.Node.Add(node);
        return node;
    }

    /// <summary>Makes a value the end of the chain.</summary>
    public void ContinueFrom(NodeProto node) => ContinueFrom(node.Output[0]);

    /// <summary>Makes a value the end of the chain.</summary>
    public void ContinueFrom(string value) => Current = value;

    /// <summary>A constant of the graph; the same name is written once.</summary>
    public string Constant(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> dimensions)
    {
        if (!constants.Add(name))
            return name;
        TensorProto tensor = new() { Name = name, DataType = OnnxElement.Of<T>(), RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dims.AddRange(dimensions.ToArray());
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A constant of whole numbers, such as a shape.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values)
    {
        if (!constants.Add(name))
            return name;
        TensorProto tensor = new() { Name = name, DataType = OnnxElement.Int64, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dims.Add(values.Length);
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A constant number.</summary>
    public string Constant(double value)
    {
        T number = T.CreateTruncating(value);
        return Constant(FormattableString.Invariant($"constant.{value:R}"), [number]);
    }

    public static AttributeProto Float(string name, double value) => new() { Name = name, F = (float)value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Integers(string name, params ReadOnlySpan<int> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    /// <summary>The whole model; the end of the chain becomes the output.</summary>
    public ModelProto Finish(string outputName, int outputs)
    {
        NodeProto last = Add("Identity", Current);
        last.Output[0] = outputName;
        graph.Output.Add(Batch(outputName, outputs));
        ModelProto model = new()
        {
            // The version of the format that came with opset 17 (ONNX 1.12).
            IrVersion = 8,
            ProducerName = "AutoDiffLsr",
            ProducerVersion = typeof(OnnxExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }

    private static ValueInfoProto Batch(string name, int columns)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = OnnxElement.Of<T>(), Shape = shape } } };
    }
}
