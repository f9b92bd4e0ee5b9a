using System.Globalization;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Plot.Features;

/// <summary>A trained model whose features are drawn.</summary>
/// <param name="Title">What it is called in the pictures.</param>
/// <param name="Layers">Its layers, the last one linear.</param>
internal sealed record FeatureModel(string Title, Sequential<float> Layers)
{
    /// <summary>Loads a model and makes sure that it has features and fits the data.</summary>
    /// <exception cref="UsageException">It has no hidden layer, or its sizes are not those of the data.</exception>
    /// <exception cref="ModelFileException">The file is no model.</exception>
    public static FeatureModel Load(string path, Dataset<float> dataset)
    {
        Model<float> model = Model.Load<float>(path);
        if (model.Features != dataset.Features)
            throw new UsageException(Text($"{path} takes {model.Features} features, but {dataset.Name} has {dataset.Features}: give the data that it was trained on"));
        if (model.Classes != dataset.Classes)
            throw new UsageException(Text($"{path} knows {model.Classes} classes, but {dataset.Name} has {dataset.Classes}: give the data that it was trained on"));
        if (model.Layers is not Sequential<float> { Count: > 1 } layers)
            throw new UsageException($"{path} has no hidden layer, so it has no features of its own: train one with --hidden");
        return new FeatureModel(TitleOf(path, model.Info), layers);
    }

    /// <summary>Its loss where the file says it, as "sparse-lsr 0.1"; else the name of the file.</summary>
    private static string TitleOf(string path, ModelInfo info)
    {
        if (!info.Settings.TryGetValue("loss", out string? loss))
            return Path.GetFileNameWithoutExtension(path);
        return info.Settings.TryGetValue("smoothing", out string? smoothing) && smoothing != "0" ? $"{loss} {smoothing}" : loss;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
