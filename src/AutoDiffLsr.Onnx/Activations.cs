using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Onnx.Protos;

namespace AutoDiffLsr.Onnx;

/// <summary>Activations that are written as several nodes. Each method gives the value that goes in, or null where the nodes are something else.</summary>
internal static class Activations
{
    /// <summary>The factors of a product: x, 1/2 and 1 + erf(x / √2), in whatever order they are multiplied.</summary>
    public static string? Gelu<T>(OnnxGraph graph, NodeProto node, Stack<Layer<T>> layers)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<string> factors = [];
        CollectFactors(graph, node, factors, depth: 0);
        if (factors.Count != 3 || factors.RemoveAll(factor => IsNear(graph.Number(factor), 0.5)) != 1)
            return null;
        int erf = factors.FindIndex(factor => graph.Producer(factor, "Add") is not null && ArgumentOfErf(graph, factor) is not null);
        if (erf < 0 || ArgumentOfErf(graph, factors[erf]) != factors[1 - erf])
            return null;
        layers.Push(new Gelu<T>());
        return factors[1 - erf];
    }

    /// <summary>x·σ(x).</summary>
    public static string? Silu<T>(OnnxGraph graph, NodeProto node, Stack<Layer<T>> layers)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (node.Input.Count != 2)
            return null;
        int gate = graph.Producer(node.Input[0], "Sigmoid") is null ? 1 : 0;
        string x = node.Input[1 - gate];
        if (Argument(graph, node.Input[gate], "Sigmoid") != x)
            return null;
        layers.Push(new Silu<T>());
        return x;
    }

    /// <summary>max(x, 0) + log(1 + e^-|x|), or max(x, 0) + slope·min(x, 0).</summary>
    public static string? Sum<T>(OnnxGraph graph, NodeProto node, Stack<Layer<T>> layers)
        where T : struct, IFloatingPointIeee754<T>
    {
        int first = graph.Producer(node.Input[0], "Max") is null ? 1 : 0;
        string? x = Against(graph, node.Input[first], "Max", 0);
        string other = node.Input[1 - first];
        if (x is null)
            return null;
        if (ArgumentOfDecay(graph, other) == x)
            layers.Push(new Softplus<T>());
        else if (graph.Producer(other, "Mul") is { } product && graph.WithNumber(product) is { } scaled && Against(graph, scaled.Value, "Min", 0) == x)
            layers.Push(new LeakyRelu<T>(scaled.Number));
        else
            return null;
        return x;
    }

    /// <summary>The x of log(1 + e^-|x|).</summary>
    private static string? ArgumentOfDecay(OnnxGraph graph, string value) =>
        Argument(graph, value, "Log") is { } sum
        && Against(graph, sum, "Add", 1) is { } decay
        && Argument(graph, decay, "Exp") is { } negative
        && Argument(graph, negative, "Neg") is { } size
            ? Argument(graph, size, "Abs")
            : null;

    /// <summary>The x of 1 + erf(x / √2).</summary>
    private static string? ArgumentOfErf(OnnxGraph graph, string value)
    {
        if (Against(graph, value, "Add", 1) is not { } erf || Argument(graph, WithoutCast(graph, erf), "Erf") is not { } scaled)
            return null;
        scaled = WithoutCast(graph, scaled);
        if (graph.Producer(scaled, "Div") is { } quotient && graph.WithNumber(quotient, isCommutative: false) is { } divided && IsNear(divided.Number, Math.Sqrt(2)))
            return divided.Value;
        return Against(graph, scaled, "Mul", Math.Sqrt(0.5));
    }

    private static void CollectFactors(OnnxGraph graph, NodeProto product, List<string> factors, int depth)
    {
        foreach (string input in product.Input)
        {
            if (depth < 1 && graph.Producer(input, "Mul") is { } inner)
                CollectFactors(graph, inner, factors, depth + 1);
            else
                factors.Add(input);
        }
    }

    private static string WithoutCast(OnnxGraph graph, string value) => graph.Producer(value, "Cast") is { Input.Count: 1 } cast ? cast.Input[0] : value;

    private static string? Argument(OnnxGraph graph, string value, string operation) => graph.Producer(value, operation) is { Input.Count: 1 } node ? node.Input[0] : null;

    /// <summary>The other input of an operation on a value and a constant number.</summary>
    private static string? Against(OnnxGraph graph, string value, string operation, double number) =>
        graph.Producer(value, operation) is { } node && graph.WithNumber(node) is { } pair && IsNear(pair.Number, number) ? pair.Value : null;

    private static bool IsNear(double? value, double expected) => value is { } number && Math.Abs(number - expected) <= 1e-6;
}
