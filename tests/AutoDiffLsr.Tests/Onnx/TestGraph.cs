using AutoDiffLsr.Onnx.Protos;
using Google.Protobuf;

namespace AutoDiffLsr.Tests.Onnx;

/// <summary>ONNX files as other tools write them.</summary>
internal sealed class TestGraph
{
    private readonly GraphProto graph = new() { Name = "test" };
    private readonly int type;

    public TestGraph(string input, int type, params ReadOnlySpan<long> sample)
    {
        this.type = type;
        graph.Input.Add(Value(input, "N", sample));
    }

    /// <summary>An input for one sample a call, as some exporters fix it.</summary>
    public static TestGraph ForOneSample(string input, params ReadOnlySpan<long> sample)
    {
        TestGraph made = new(input, 1, sample);
        made.graph.Input[0].Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        return made;
    }

    public int Opset { get; init; } = 17;

    public static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Float(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public TestGraph Node(string operation, string[] inputs, string output, params AttributeProto[] attributes)
    {
        NodeProto node = new() { OpType = operation, Name = "n_" + output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
        return this;
    }

    public TestGraph Constant(string name, long[] dimensions, params float[] values)
    {
        graph.Initializer.Add(Tensor(name, dimensions, values));
        return this;
    }

    public TestGraph Integers(string name, params long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = 7 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        graph.Initializer.Add(tensor);
        return this;
    }

    public TestGraph ConstantNode(string name, float value)
    {
        NodeProto node = new() { OpType = "Constant" };
        node.Output.Add(name);
        node.Attribute.Add(new AttributeProto { Name = "value", T = Tensor("", [], value), Type = AttributeProto.Types.AttributeType.Tensor });
        graph.Node.Add(node);
        return this;
    }

    public TestGraph External(string name, long[] dimensions)
    {
        TensorProto tensor = Tensor(name, dimensions);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        graph.Initializer.Add(tensor);
        return this;
    }

    public byte[] Finish(string output, int columns)
    {
        graph.Output.Add(Value(output, "N", [columns]));
        ModelProto model = new() { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        return model.ToByteArray();
    }

    private static TensorProto Tensor(string name, long[] dimensions, params float[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = 1 };
        tensor.Dims.AddRange(dimensions);
        tensor.FloatData.AddRange(values);
        return tensor;
    }

    private ValueInfoProto Value(string name, string batch, ReadOnlySpan<long> sample)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = batch });
        foreach (long size in sample)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = type, Shape = shape } } };
    }
}
