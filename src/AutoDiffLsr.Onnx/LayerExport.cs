using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx.Protos;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Onnx;

/// <summary>Turns layers into nodes.</summary>
internal sealed class LayerExport<T>(GraphWriter<T> graph)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>One layer in two places has its constants written once.</summary>
    private readonly Dictionary<Layer<T>, string> firstPaths = [];

    /// <summary>The images that the value at the end of the chain is, N x C x H x W; null where it is N x columns.</summary>
    private ImageShape? image;

    public void Append(Layer<T> layer, string path)
    {
        if (layer is Sequential<T> sequential)
        {
            for (int i = 0; i < sequential.Count; i++)
                Append(sequential[i], path.Length == 0 ? $"{i}" : $"{path}.{i}");
            return;
        }

        if (layer is Residual<T> residual)
        {
            AppendResidual(residual, path);
            return;
        }

        if (!firstPaths.TryAdd(layer, path))
            path = firstPaths[layer];
        AppendOne(layer, path.Length == 0 ? "" : path + ".");
    }

    /// <summary>Makes the value at the end of the chain N x columns, if it is images.</summary>
    public void LeaveImage()
    {
        if (image is not null)
            graph.Append("Flatten");
        image = null;
    }

    private void EnterImage(ImageShape wanted)
    {
        if (image == wanted)
            return;
        LeaveImage();
        graph.Append("Reshape", graph.Constant($"image.{wanted}", 0, wanted.Channels, wanted.Height, wanted.Width));
        image = wanted;
    }

    private void AppendOne(Layer<T> layer, string prefix)
    {
        if (layer.InputImage is { } wanted)
            EnterImage(wanted);
        else if (layer is Dense<T> or BatchNorm<T> or LayerNorm<T> or Embedding<T> or Flatten<T>)
            LeaveImage();
        AppendNodes(layer, prefix);
        image = image is null ? null : layer.OutputImage(image);
    }

    private void AppendNodes(Layer<T> layer, string prefix)
    {
        switch (layer)
        {
            case Dense<T> dense:
                AppendDense(dense, prefix);
                break;
            case Relu<T>:
                graph.Append("Relu");
                break;
            case Flatten<T>:
                break;
            case Conv2D<T> convolution:
                AppendConvolution(convolution, prefix);
                break;
            case MaxPool2D<T> pool:
                graph.Append("MaxPool").Attribute.Add([.. WindowOf(pool.Shape), GraphWriter<T>.Integers("dilations", pool.Shape.Dilation.Height, pool.Shape.Dilation.Width)]);
                break;
            case AveragePool2D<T> pool:
                graph.Append("AveragePool").Attribute.Add([.. WindowOf(pool.Shape), GraphWriter<T>.Integer("count_include_pad", pool.CountPadding ? 1 : 0)]);
                break;
            case GlobalAveragePool2D<T>:
                graph.Append("GlobalAveragePool");
                break;
            case BatchNorm2D<T> norm:
                AppendBatchNorm(prefix, norm.Weight, norm.Bias, norm.RunningMean, norm.RunningVariance, norm.Momentum, norm.Epsilon);
                break;
            case Embedding<T> embedding:
                AppendEmbedding(embedding, prefix);
                break;
            case Silu<T>:
                graph.ContinueFrom(graph.Add("Mul", graph.Current, graph.Add("Sigmoid", graph.Current).Output[0]));
                break;
            case Elu<T> elu:
                AppendElu(elu.Scale);
                break;
            case Sigmoid<T>:
                graph.Append("Sigmoid");
                break;
            case Tanh<T>:
                graph.Append("Tanh");
                break;
            case LeakyRelu<T> leaky:
                AppendLeakyRelu(leaky.Slope);
                break;
            case Softplus<T>:
                AppendSoftplus();
                break;
            case Gelu<T>:
                AppendGelu();
                break;
            case BatchNorm<T> norm:
                AppendBatchNorm(prefix, norm.Weight, norm.Bias, norm.RunningMean, norm.RunningVariance, norm.Momentum, norm.Epsilon);
                break;
            case LayerNorm<T> norm:
                graph.Append("LayerNormalization", Vector(prefix, norm.Weight), Vector(prefix, norm.Bias)).Attribute.Add(
                    [GraphWriter<T>.Integer("axis", -1), GraphWriter<T>.Float("epsilon", norm.Epsilon)]);
                break;
            case Dropout<T> dropout:
                // Nothing happens in evaluation; the node keeps the rate for who trains on.
                graph.Append("Dropout", graph.Constant(dropout.Rate));
                break;
            default:
                throw new NotSupportedException(
                    $"Layer {prefix.TrimEnd('.')} ({layer.Description}) is a {layer.GetType().Name}: only layers of the library can be exported to ONNX.");
        }
    }

    private void AppendDense(Dense<T> dense, string prefix)
    {
        // Column by column, inputs x outputs is the memory of outputs x inputs row by row.
        Shape shape = dense.Weight.Shape;
        string weight = graph.Constant(prefix + "weight", dense.Weight.Value.AsColumnMajorArray(), shape.Columns, shape.Rows);
        NodeProto node = dense.Bias is null ? graph.Append("Gemm", weight) : graph.Append("Gemm", weight, Vector(prefix, dense.Bias));
        node.Attribute.Add(GraphWriter<T>.Integer("transB", 1));
    }

    private void AppendConvolution(Conv2D<T> convolution, string prefix)
    {
        ConvolutionShape shape = convolution.Shape;

        // Column by column, the matrix is the memory of output channels x input channels x height x width.
        string weight = graph.Constant(
            prefix + "weight", convolution.Weight.Value.AsColumnMajorArray(), shape.Output.Channels, shape.Input.Channels / shape.Groups, shape.Kernel.Height, shape.Kernel.Width);
        NodeProto node = convolution.Bias is null ? graph.Append("Conv", weight) : graph.Append("Conv", weight, Vector(prefix, convolution.Bias));
        node.Attribute.Add(
        [
            GraphWriter<T>.Integers("kernel_shape", shape.Kernel.Height, shape.Kernel.Width),
            GraphWriter<T>.Integers("strides", shape.Stride.Height, shape.Stride.Width),
            GraphWriter<T>.Integers("pads", shape.Padding.Height, shape.Padding.Width, shape.Padding.Height, shape.Padding.Width),
            GraphWriter<T>.Integers("dilations", shape.Dilation.Height, shape.Dilation.Width),
            GraphWriter<T>.Integer("group", shape.Groups),
        ]);
    }

    private static AttributeProto[] WindowOf(PoolingShape shape) =>
    [
        GraphWriter<T>.Integers("kernel_shape", shape.Kernel.Height, shape.Kernel.Width),
        GraphWriter<T>.Integers("strides", shape.Stride.Height, shape.Stride.Width),
        GraphWriter<T>.Integers("pads", shape.Padding.Height, shape.Padding.Width, shape.Padding.Height, shape.Padding.Width),
    ];

    private void AppendBatchNorm(string prefix, Parameter<T> weight, Parameter<T> bias, Matrix<T> runningMean, Matrix<T> runningVariance, double momentum, double epsilon)
    {
        string mean = Vector(prefix + "running_mean", runningMean), variance = Vector(prefix + "running_var", runningVariance);
        NodeProto node = graph.Append("BatchNormalization", Vector(prefix, weight), Vector(prefix, bias), mean, variance);

        // In ONNX the momentum is the weight of the past, as in the literature and not as in PyTorch.
        node.Attribute.Add([GraphWriter<T>.Float("epsilon", epsilon), GraphWriter<T>.Float("momentum", 1 - momentum)]);
    }

    /// <summary>Both ways end as N x columns, and are added.</summary>
    private void AppendResidual(Residual<T> residual, string path)
    {
        (string start, ImageShape? startImage) = (graph.Current, image);
        Append(residual.Body, path.Length == 0 ? "0" : $"{path}.0");
        LeaveImage();
        string body = graph.Current;
        graph.ContinueFrom(start);
        image = startImage;
        if (residual.Shortcut is not null)
            Append(residual.Shortcut, path.Length == 0 ? "1" : $"{path}.1");
        LeaveImage();
        graph.Append("Add", body);
    }

    /// <summary>Rows of the table by index, N x L x width, then N x (L·width).</summary>
    private void AppendEmbedding(Embedding<T> embedding, string prefix)
    {
        string table = graph.Constant(prefix + "weight", embedding.Weight.Value.AsColumnMajorArray(), embedding.Count, embedding.Width);
        graph.ContinueFrom(graph.Add("Gather", table, Cast(graph.Current, OnnxElement.Int64)));
        graph.Append("Flatten");
    }

    /// <summary>max(x, 0) + scale·(e^min(x, 0) - 1) where there is no kernel.</summary>
    private void AppendElu(double scale)
    {
        if (typeof(T) == typeof(float))
        {
            graph.Append("Elu").Attribute.Add(GraphWriter<T>.Float("alpha", scale));
            return;
        }

        string zero = graph.Constant(0), x = graph.Current;
        NodeProto rest = graph.Add("Sub", graph.Add("Exp", graph.Add("Min", x, zero).Output[0]).Output[0], graph.Constant(1));
        graph.ContinueFrom(graph.Add("Add", graph.Add("Max", x, zero).Output[0], graph.Add("Mul", rest.Output[0], graph.Constant(scale)).Output[0]));
    }

    /// <summary>max(x, 0) + slope·min(x, 0) where there is no kernel.</summary>
    private void AppendLeakyRelu(double slope)
    {
        if (typeof(T) == typeof(float))
        {
            graph.Append("LeakyRelu").Attribute.Add(GraphWriter<T>.Float("alpha", slope));
            return;
        }

        string zero = graph.Constant(0), x = graph.Current;
        NodeProto negative = graph.Add("Mul", graph.Add("Min", x, zero).Output[0], graph.Constant(slope));
        graph.ContinueFrom(graph.Add("Add", graph.Add("Max", x, zero).Output[0], negative.Output[0]));
    }

    /// <summary>max(x, 0) + log(1 + e^-|x|) where there is no kernel.</summary>
    private void AppendSoftplus()
    {
        if (typeof(T) == typeof(float))
        {
            graph.Append("Softplus");
            return;
        }

        string x = graph.Current;
        NodeProto decay = graph.Add("Exp", graph.Add("Neg", graph.Add("Abs", x).Output[0]).Output[0]);
        NodeProto log = graph.Add("Log", graph.Add("Add", decay.Output[0], graph.Constant(1)).Output[0]);
        graph.ContinueFrom(graph.Add("Add", graph.Add("Max", x, graph.Constant(0)).Output[0], log.Output[0]));
    }

    /// <summary>x·(1 + erf(x / √2)) / 2, in the nodes that PyTorch writes; in double the error function is taken in float.</summary>
    private void AppendGelu()
    {
        string x = graph.Current;
        string scaled = graph.Add("Div", x, graph.Constant(Math.Sqrt(2))).Output[0];
        string erf = typeof(T) == typeof(float)
            ? graph.Add("Erf", scaled).Output[0]
            : Cast(graph.Add("Erf", Cast(scaled, OnnxElement.Float)).Output[0], OnnxElement.Double);
        NodeProto product = graph.Add("Mul", x, graph.Add("Add", erf, graph.Constant(1)).Output[0]);
        graph.ContinueFrom(graph.Add("Mul", product.Output[0], graph.Constant(0.5)));
    }

    private string Cast(string value, int type)
    {
        NodeProto node = graph.Add("Cast", value);
        node.Attribute.Add(GraphWriter<T>.Integer("to", type));
        return node.Output[0];
    }

    private string Vector(string prefix, Parameter<T> parameter) => Vector(prefix + parameter.Name, parameter.Value);

    private string Vector(string name, Matrix<T> value) => graph.Constant(name, value.AsColumnMajorArray(), value.ColumnCount);
}
