using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Layers;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The net of a training.</summary>
/// <param name="Layers">A line for each layer.</param>
/// <param name="Parameters">The number of numbers that are trained.</param>
/// <param name="Hidden">The widths of the hidden layers.</param>
internal sealed record ModelMetrics(IReadOnlyList<string> Layers, long Parameters, IReadOnlyList<int> Hidden)
{
    public static ModelMetrics Of(Sequential<float> model, ModelSettings settings) =>
        new([.. model.Select(layer => layer.Description)], model.CountParameters(), settings.Kind == ModelKind.Mlp ? settings.Hidden : []);
}
