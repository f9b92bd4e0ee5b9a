using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Onnx.Protos;
using Google.Protobuf;

namespace AutoDiffLsr.Onnx;

/// <summary>
/// Writes models as ONNX (opset 17, batches of any size): standardization as the first nodes, then a node or a few for each layer, in evaluation mode.
/// </summary>
/// <remarks>
/// ONNX Runtime has no double kernels for <c>LeakyRelu</c>, <c>Softplus</c> and <c>Erf</c>. Models of double write the first two in elementary
/// operations, and take the error function in float: a GELU of double is then right to about 1e-7. Nor has it double kernels for convolution and average pooling, so it
/// does not run models of double that have those. Images are four-dimensional between layers that take images, and N x columns at both ends.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Exports a model.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <param name="softmax">Whether a softmax follows the layers, so that the output is probabilities.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    /// <exception cref="NotSupportedException">A layer is none of the library.</exception>
    public static void Save(Model model, string path, bool softmax = false)
    {
        ModelProto onnx = Convert(model, softmax);
        OutputFile.Write(path, stream => onnx.WriteTo(stream));
    }

    /// <summary>Exports a model to a stream.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="softmax">Whether a softmax follows the layers, so that the output is probabilities.</param>
    /// <exception cref="NotSupportedException">A layer is none of the library.</exception>
    public static void Write(Model model, Stream stream, bool softmax = false) => Convert(model, softmax).WriteTo(stream);

    private static ModelProto Convert(Model model, bool softmax)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            Model<float> single => Convert(single, softmax),
            Model<double> other => Convert(other, softmax),
            _ => throw new NotSupportedException($"{model.GetType().Name} is neither a model of float nor of double."),
        };
    }

    private static ModelProto Convert<T>(Model<T> model, bool softmax)
        where T : struct, IFloatingPointIeee754<T>
    {
        GraphWriter<T> graph = new(model.Features);
        if (model.Standardization is { } standardization)
        {
            graph.Append("Sub", graph.Constant("standardization.mean", standardization.Mean, model.Features));
            graph.Append("Div", graph.Constant("standardization.scale", standardization.Scale, model.Features));
        }

        LayerExport<T> layers = new(graph);
        layers.Append(model.Layers, "");
        layers.LeaveImage();
        if (softmax)
            graph.Append("Softmax").Attribute.Add(GraphWriter<T>.Integer("axis", -1));
        ModelProto onnx = graph.Finish(softmax ? "probabilities" : "logits", model.Classes);
        onnx.MetadataProps.Add(new StringStringEntryProto { Key = "class_names", Value = NameList.Write(model.Info.ClassNames) });
        onnx.MetadataProps.Add(new StringStringEntryProto { Key = "feature_names", Value = NameList.Write(model.Info.FeatureNames) });
        return onnx;
    }
}
