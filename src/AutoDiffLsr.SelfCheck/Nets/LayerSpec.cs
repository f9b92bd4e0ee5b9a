using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>A layer to be made in double and in float.</summary>
/// <param name="Kind">The layer's type, as "Dense".</param>
/// <param name="Width">The columns that come out, for a layer that chooses them.</param>
/// <param name="Number">A rate or slope, for a layer that has one.</param>
internal sealed record LayerSpec(string Kind, int Width = 0, double Number = 0)
{
    public static IReadOnlyList<string> Activations { get; } = ["Relu", "LeakyRelu", "Tanh", "Sigmoid", "Softplus", "Gelu", "Silu", "Elu"];

    /// <summary>Layers that take images. The columns that they are given say which: see <see cref="ImageOf"/>.</summary>
    public static IReadOnlyList<string> OfImages { get; } = ["Conv2D", "MaxPool2D", "AveragePool2D", "GlobalAveragePool2D", "BatchNorm2D", "Flatten", "Residual"];

    public int Outputs(int columns) => Kind == "Dense" ? Width : Make<double>(columns, new RandomSource(0)).OutputColumns(columns);

    /// <summary>The image of as many columns: 3 x 3 or 2 x 2 pixels where they divide the columns, a row of pixels otherwise.</summary>
    public static ImageShape ImageOf(int columns) => columns % 9 == 0 ? new(columns / 9, 3, 3) : columns % 4 == 0 ? new(columns / 4, 2, 2) : new(1, 1, columns);

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
            "Silu" => new Silu<T>(),
            "Elu" => new Elu<T>(1 + Number),
            "Conv2D" => new Conv2D<T>(ImageOf(columns), Math.Max(1, Width), kernel: (1, 2), random, padding: 1, dilation: (1, 2), bias: Number >= 0),
            "MaxPool2D" => new MaxPool2D<T>(ImageOf(columns), kernel: (1, 2), stride: 1, padding: (0, 1)),
            "AveragePool2D" => new AveragePool2D<T>(ImageOf(columns), kernel: (1, 2), stride: 1, padding: (0, 1), countPadding: Number > 0),
            "GlobalAveragePool2D" => new GlobalAveragePool2D<T>(ImageOf(columns)),
            "BatchNorm2D" => new BatchNorm2D<T>(ImageOf(columns)),
            "Flatten" => new Flatten<T>(),
            "Residual" => new Residual<T>(new Sequential<T>(new Dense<T>(columns, columns, random), new Tanh<T>()), Number < 0 ? new Dense<T>(columns, columns, random) : null),
            "Embedding" => new Sequential<T>(new Indices<T>(3), new Embedding<T>(3, Width, random, length: columns)),
            "Sequential" => new Sequential<T>(new Dense<T>(columns, columns, random), new Tanh<T>()),
            _ => throw new InvalidOperationException($"There is no layer '{Kind}' to draw: give it a line."),
        };
}
