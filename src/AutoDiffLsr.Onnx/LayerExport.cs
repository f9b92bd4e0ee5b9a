using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Onnx.Protos;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Onnx;

/// <summary>Turns layers into nodes.</summary>
internal sealed class LayerExport<T>(GraphWriter<T> graph)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>One layer in two places has its constants written once.</summary>
    private readonly Dictionary<Layer<T>, string> firstPaths = [];

    public void Append(Layer<T> layer, string path)
    {
        if (layer is Sequential<T> sequential)
        {
            for (int i = 0; i < sequential.Count; i++)
                Append(sequential[i], path.Length == 0 ? $"{i}" : $"{path}.{i}");
            return;
        }

        if (!firstPaths.TryAdd(layer, path))
            path = firstPaths[layer];
        AppendOne(layer, path.Length == 0 ? "" : path + ".");
    }

    private void AppendOne(Layer<T> layer, string prefix)
    {
        switch (layer)
        {
            case Dense<T> dense:
                AppendDense(dense, prefix);
                break;
            case Relu<T>:
                graph.Append("Relu");
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
                AppendBatchNorm(norm, prefix);
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

    private void AppendBatchNorm(BatchNorm<T> norm, string prefix)
    {
        string mean = Vector(prefix + "running_mean", norm.RunningMean), variance = Vector(prefix + "running_var", norm.RunningVariance);
        NodeProto node = graph.Append("BatchNormalization", Vector(prefix, norm.Weight), Vector(prefix, norm.Bias), mean, variance);

        // In ONNX the momentum is the weight of the past, as in the literature and not as in PyTorch.
        node.Attribute.Add([GraphWriter<T>.Float("epsilon", norm.Epsilon), GraphWriter<T>.Float("momentum", 1 - norm.Momentum)]);
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
