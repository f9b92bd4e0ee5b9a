using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx.Protos;
using Google.Protobuf;

namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>Ways to spoil an ONNX model that leave it a valid message.</summary>
internal static class OnnxMutations
{
    private static readonly string[] Operations = ["Gemm", "MatMul", "Add", "Mul", "Sub", "Div", "Relu", "Softmax", "Conv", "Constant", "Identity", "Erf", "Cast", "Dropout", "BatchNormalization", "LayerNormalization", "Flatten", "Gelu", ""];

    private static readonly long[] Sizes = [0, 1, -1, 2, 3, int.MaxValue, long.MaxValue, long.MinValue, 1L << 32];

    public static byte[] Model(byte[] file, RandomSource random)
    {
        if (random.NextInt(3) == 0)
            return Mutations.Bytes(file, random);
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        for (int count = 1 + random.NextInt(3); count > 0; count--)
            Change(model, model.Graph, random);
        byte[] changed = model.ToByteArray();
        return random.NextInt(8) == 0 ? Mutations.Bytes(changed, random) : changed;
    }

    private static void Change(ModelProto model, GraphProto graph, RandomSource random)
    {
        NodeProto node = graph.Node.Count > 0 ? graph.Node[random.NextInt(graph.Node.Count)] : new NodeProto();
        TensorProto tensor = graph.Initializer.Count > 0 ? graph.Initializer[random.NextInt(graph.Initializer.Count)] : new TensorProto();
        switch (random.NextInt(12))
        {
            case 0:
                node.OpType = Operations[random.NextInt(Operations.Length)];
                break;
            case 1:
                node.Input.Add(tensor.Name);
                break;
            case 2 when node.Input.Count > 0:
                node.Input[random.NextInt(node.Input.Count)] = random.NextInt(2) == 0 ? tensor.Name : AnyOutput(graph, random);
                break;
            case 3:
                node.Attribute.Add(new AttributeProto { Name = random.NextInt(2) == 0 ? "epsilon" : "axis", F = float.NaN, I = Sizes[random.NextInt(Sizes.Length)] });
                break;
            case 4 when node.Attribute.Count > 0:
                node.Attribute[random.NextInt(node.Attribute.Count)].F = random.NextInt(2) == 0 ? float.PositiveInfinity : -1;
                break;
            case 5:
                tensor.Dims.Add(Sizes[random.NextInt(Sizes.Length)]);
                break;
            case 6 when tensor.Dims.Count > 0:
                tensor.Dims[random.NextInt(tensor.Dims.Count)] = Sizes[random.NextInt(Sizes.Length)];
                break;
            case 7:
                tensor.DataType = random.NextInt(17);
                break;
            case 8:
                tensor.DataLocation = TensorProto.Types.DataLocation.External;
                break;
            case 9:
                graph.Node.Add(node.Clone());
                break;
            case 10 when graph.Node.Count > 0:
                graph.Node.RemoveAt(random.NextInt(graph.Node.Count));
                break;
            default:
                foreach (StringStringEntryProto entry in model.MetadataProps)
                    entry.Value = Mutations.Text(entry.Value, random);
                break;
        }
    }

    private static string AnyOutput(GraphProto graph, RandomSource random) =>
        graph.Node.Count == 0 ? "" : graph.Node[random.NextInt(graph.Node.Count)].Output.FirstOrDefault() ?? "";
}
