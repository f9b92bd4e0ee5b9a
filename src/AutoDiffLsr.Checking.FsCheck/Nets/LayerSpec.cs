using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.FsCheck.Nets;

/// <summary>A layer to be made in double and in float.</summary>
/// <param name="Kind">The layer's type, as "Dense".</param>
/// <param name="Width">The columns that come out, for a layer that chooses them.</param>
/// <param name="Number">A rate or slope, for a layer that has one.</param>
internal sealed record LayerSpec(string Kind, int Width = 0, double Number = 0)
{
    public static IReadOnlyList<string> Activations { get; } = ["Relu", "LeakyRelu", "Tanh", "Sigmoid", "Softplus", "Gelu"];

    public int Outputs(int columns) => Kind == "Dense" ? Width : columns;

    public Layer<T> Make<T>(int columns, RandomSource random)
        where T : struct, IFloatingPointIeee754<T> => Kind switch
        {
            "Dense" => new Dense<T>(columns, Width, random, bias: Number >= 0),
            "Relu" => new Relu<T>(),
            "LeakyRelu" => new LeakyRelu<T>(Number),
            "Tanh" => new Tanh<T>(),
            "Sigmoid" => new Sigmoid<T>(),
            "Softplus" => new Softplus<T>(),
            "Gelu" => new Gelu<T>(),
            "Dropout" => new Dropout<T>(Number, Width),
            "LayerNorm" => new LayerNorm<T>(columns),
            "BatchNorm" => new BatchNorm<T>(columns),
            "Sequential" => new Sequential<T>(new Dense<T>(columns, columns, random), new Tanh<T>()),
            _ => throw new InvalidOperationException($"There is no layer '{Kind}' to draw: give it a line."),
        };
}
