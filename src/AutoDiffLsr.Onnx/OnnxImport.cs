using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Onnx.Protos;
using Google.Protobuf;

namespace AutoDiffLsr.Onnx;

/// <summary>
/// Reads ONNX models that are a chain of layers of this library: what <see cref="OnnxExport"/> writes, and multi-layer perceptrons of other tools,
/// such as PyTorch's exporter. Anything else is refused by the name of its node.
/// </summary>
/// <remarks>
/// Opset 7 (2017) and newer are read, each operation by the meaning that it has in the opset of the file. A softmax or log-softmax at the end is left out:
/// models here give logits, and <see cref="Model{T}.Probabilities(ReadOnlySpan{T}, Span{T})"/> takes the softmax. A first subtraction and division become the
/// standardization. An input of more than two dimensions is one row a sample, in its order in the file. Tensors in other files are refused: no path from a
/// file is followed.
/// </remarks>
public static class OnnxImport
{
    /// <summary>The largest file: a protobuf message cannot be longer.</summary>
    private const int LargestFile = int.MaxValue;

    /// <summary>The first with NumPy's broadcasting; what the operations here mean has not changed since, but for Softmax and Dropout (13 and 12).</summary>
    private const int OldestOpset = 7;

    /// <summary>Imports a model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A <see cref="Model{T}"/> of float or of double, as the file has.</returns>
    /// <exception cref="ModelFileException">The file is missing or damaged, or has something that there is no layer for: the message names the node.</exception>
    public static Model Load(string path)
    {
        using FileStream stream = InputFile.Open(path, "an ONNX file", ModelFileException.At);
        return Load(stream, path);
    }

    /// <summary>Imports a model from a stream.</summary>
    /// <param name="stream">A stream that can seek; it is read from its position to its end and stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>A <see cref="Model{T}"/> of float or of double, as the file has.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or has something that there is no layer for: the message names the node.</exception>
    public static Model Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ModelProto model = Parse(stream, name);
        long opset = CheckedOpset(model, name);
        OnnxInput input = OnnxInput.Of(InputOf(model, name), name);
        OnnxGraph graph = new(model.Graph, opset, name);
        return input.ElementType switch
        {
            OnnxElement.Float => new LayerImport<float>(graph, input).Read(model),
            OnnxElement.Double => new LayerImport<double>(graph, input).Read(model),
            0 => throw ModelFileException.At(name, "an input without a tensor type", "float or double"),
            _ => throw ModelFileException.At(name, $"an input of {OnnxElement.Name(input.ElementType)}", "float or double"),
        };
    }

    private static ModelProto Parse(Stream stream, string name)
    {
        if (!stream.CanSeek)
            throw ModelFileException.At(name, "a pipe or device", "an ONNX file");
        try
        {
            long length = stream.Length - stream.Position;
            if (length is 0 or > LargestFile)
                throw ModelFileException.At(name, length == 0 ? "an empty file" : FormattableString.Invariant($"{length} bytes"), "an ONNX file of less than 2 GB");
            byte[] bytes = new byte[length];
            stream.ReadExactly(bytes);
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw ModelFileException.At(name, $"bytes that are no protobuf message ({OneLine.Cause(error)})", "an ONNX file", error);
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            throw new ModelFileException(name, $"cannot be read: {error.Message}", error);
        }
    }

    private static long CheckedOpset(ModelProto model, string name)
    {
        if (model.Graph is null)
            throw ModelFileException.At(name, "no graph", "an ONNX model");
        OperatorSetIdProto? opset = model.OpsetImport.FirstOrDefault(opset => OnnxGraph.IsStandard(opset.Domain));
        if (opset is null || opset.Version < OldestOpset)
            throw ModelFileException.At(name, opset is null ? "no opset" : FormattableString.Invariant($"opset {opset.Version}"), $"opset {OldestOpset} or newer");
        return opset.Version;
    }

    private static ValueInfoProto InputOf(ModelProto model, string name)
    {
        HashSet<string> constants = [.. model.Graph.Initializer.Select(tensor => tensor.Name)];
        ValueInfoProto[] inputs = [.. model.Graph.Input.Where(input => !constants.Contains(input.Name))];
        return inputs is [var input] && model.Graph.Output.Count == 1
            ? input
            : throw ModelFileException.At(name, FormattableString.Invariant($"{inputs.Length} inputs and {model.Graph.Output.Count} outputs"), "one of each");
    }
}
