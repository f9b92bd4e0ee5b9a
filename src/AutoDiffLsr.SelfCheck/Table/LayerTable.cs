using AutoDiffLsr.Checking;
using AutoDiffLsr.SelfCheck.Nets;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>One line for each layer, in training and in evaluation, with its parameters.</summary>
internal static class LayerTable
{
    public static IReadOnlyList<TableLine> Lines { get; } =
    [
        Line("Dense", NetGenerator.Dense()),
        .. LayerSpec.Activations.Select(kind => Line(kind, NetGenerator.Activation(kind))),
        Line("Dropout", NetGenerator.Dropout()),
        Line("LayerNorm", Gen.Constant(new LayerSpec("LayerNorm"))),
        Line("BatchNorm", Gen.Constant(new LayerSpec("BatchNorm"))),
        .. LayerSpec.OfImages.Select(kind => new TableLine(LineKind.Layer, $"layer-{kind.ToLowerInvariant()}", [kind], NetGenerator.SingleOfImages(kind), new CheckOptions())),
        Line("Embedding", Gen.Choose(1, 3).Select(width => new LayerSpec("Embedding", width))),
        Line("Sequential", Gen.Constant(new LayerSpec("Sequential"))),
    ];

    private static TableLine Line(string kind, Gen<LayerSpec> layers) =>
        new(LineKind.Layer, $"layer-{kind.ToLowerInvariant()}", [kind], NetGenerator.Single(layers), new CheckOptions());
}
