using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Experiments.Projections;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The pictures of a model's penultimate features: a t-SNE, and the plane of three classes where there are as many.</summary>
/// <param name="Charts">One chart, or two.</param>
/// <param name="Caption">What can be measured of them.</param>
/// <param name="WasCancelled">Whether the t-SNE was stopped early.</param>
internal sealed record FeaturePanels(IReadOnlyList<Chart> Charts, string Caption, bool WasCancelled)
{
    /// <summary>So many samples make a picture that is not one blot.</summary>
    public const int DefaultSamples = 500;
    private const int Neighbours = 12;
    private const double LargestPerplexity = 30;

    /// <summary>Whether a model has features and the data enough samples.</summary>
    public static bool Suits(Sequential<float> model, Dataset<float> dataset) => model.Count > 1 && dataset.Count > 2 * Neighbours;

    /// <summary>Makes the pictures.</summary>
    /// <param name="title">What the model is called in them.</param>
    /// <param name="model">With a hidden layer.</param>
    /// <param name="dataset">Whose features are shown; a random part of it where it has more samples than the settings want.</param>
    /// <param name="settings">How the pictures are made.</param>
    /// <param name="progress">Receives the t-SNE's steps.</param>
    /// <param name="cancellation">Stops the t-SNE, which then shows its best picture.</param>
    public static FeaturePanels Of(
        string title, Sequential<float> model, Dataset<float> dataset, FeatureSettings settings, IProgress<TSneProgress>? progress, CancellationToken cancellation)
    {
        ModelOutputs<float> outputs = ModelOutputs<float>.Of(model, Part(dataset, settings));
        var features = outputs.Features!;
        TSneOptions options = new() { Perplexity = settings.Perplexity ?? Math.Min(LargestPerplexity, (features.RowCount - 1) / 3.0), Seed = settings.Seed };
        TSneResult result = TSne.Embed(features, options, progress, cancellation);
        List<Chart> charts = [FeatureCharts.TSne(title, result, outputs.Labels, dataset.ClassNames)];
        if (Plane(title, model, outputs, dataset, settings) is { } plane)
            charts.Add(plane);
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {features.RowCount} samples, {features.ColumnCount} features; perplexity {options.Perplexity:0.#}, KL {result.Divergence:0.00} nats after {result.Iterations} steps, trustworthiness {Trustworthiness.Of(features, result.Positions, Neighbours):0.000} at k = {Neighbours}.");
        return new FeaturePanels(charts, caption, result.WasCancelled);
    }

    private static Chart? Plane(string title, Sequential<float> model, ModelOutputs<float> outputs, Dataset<float> dataset, FeatureSettings settings)
    {
        if (model[^1] is not Dense<float> last || dataset.Classes < 3)
            return null;
        IReadOnlyList<int> classes = settings.Classes ?? [0, 1, 2];
        return TemplatePlane<float>.TryThrough(last.Weight.Value, classes[0], classes[1], classes[2], out TemplatePlane<float>? plane)
            ? FeatureCharts.Plane(title, plane.Project(outputs.Features!), outputs.Labels, classes, dataset.ClassNames)
            : null;
    }

    private static Dataset<float> Part(Dataset<float> dataset, FeatureSettings settings)
    {
        if (dataset.Count <= settings.Samples)
            return dataset;
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        new RandomSource(settings.Seed).Fork("feature samples").Shuffle(order.AsSpan());
        Array.Sort(order, 0, settings.Samples);
        return dataset.Subset(order.AsSpan(0, settings.Samples));
    }
}
