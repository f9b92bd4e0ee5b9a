using System.Text.Json;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>The trainings of a comparison, each from its text. A result says nothing of the comparison that it belongs to: <see cref="ComparisonRunner"/> adds that.</summary>
/// <param name="settings">All that they have in common.</param>
/// <param name="data">The data, with true labels.</param>
internal sealed class ComparisonCells(ComparisonCellSettings settings, LoadedData data) : ICellContext
{
    private readonly Lazy<CellData> content = new(() => new CellData(LoadedDataBytes.Write(data)));

    /// <inheritdoc/>
    public string Kind => ComparisonCellKind.KindName;

    /// <inheritdoc/>
    public string Settings { get; } = JsonSerializer.Serialize(settings, ComparisonJson.Default.ComparisonCellSettings);

    /// <inheritdoc/>
    public CellData Data => content.Value;

    /// <inheritdoc/>
    public string Run(string work, Action<double>? advance, CancellationToken cancellation)
    {
        ComparisonWork cell = JsonSerializer.Deserialize(work, ComparisonJson.Default.ComparisonWork)!;
        LossSettings loss = cell.Loss();
        TrainingRun run = new(new TrainSettings(NoSource, settings.Model, loss, settings.Optimizer, settings.Training with { Seed = cell.Seed }), DataOf(data, settings.TrainSize, cell.LabelNoise, cell.Seed));
        string? failure = null;
        try
        {
            run.Train(new CellDisplay(advance, run.Epochs), cancellation);
        }
        catch (TrainingDivergedException error)
        {
            failure = error.Message;
        }

        if (run.WasInterrupted)
            throw new OperationCanceledException(cancellation);
        return JsonSerializer.Serialize(ResultOf(cell, loss, run, failure), ComparisonJson.Default.CellResult);
    }

    /// <summary>The data is loaded: where it came from is of no more use.</summary>
    private static DataSettings NoSource { get; } = new("", null, null, null, 0);

    /// <summary>The data of a cell: as many samples as wanted, of which a share gets wrong labels.</summary>
    public static LoadedData DataOf(LoadedData data, int? trainSize, double labelNoise, long seed)
    {
        Dataset<float> train = data.Train;
        if (trainSize is { } size)
            train = StratifiedSubset.Take(train, size, seed);
        if (labelNoise > 0)
            train = LabelNoise.Apply(train, labelNoise, seed);
        return data with { Train = train };
    }

    private CellResult ResultOf(ComparisonWork cell, LossSettings loss, TrainingRun run, string? failure)
    {
        FeaturePanels? panels = cell.HasPicture && failure is null && FeaturePanels.Suits(run.Model, data.Test!)
            ? FeaturePanels.Of(new LossVariant(loss).Name, run.Model, data.Test!, new FeatureSettings(FeaturePanels.DefaultSamples, null, null, cell.Seed), null, default)
            : null;
        return new CellResult(
            "",
            loss.Name,
            loss.EffectiveSmoothing,
            cell.LabelNoise,
            cell.Seed,
            failure is null ? MeasuresOf(run) : null,
            failure,
            [.. run.History.Select(record => 1 - (record.ValidationScore ?? double.NaN))],
            [.. (panels?.Charts ?? []).Select(Kept)],
            panels?.Caption);
    }

    private static RunMeasures MeasuresOf(TrainingRun run)
    {
        Evaluation test = run.Evaluate(run.Data.Test!).Metrics;
        ModelOutputs<float> training = ModelOutputs<float>.Of(run.Model, run.Data.Train);
        Confidence confidence = Confidence.Of(training.Logits, training.Labels);
        return new RunMeasures(
            1 - test.Accuracy,
            test.NegativeLogLikelihood,
            test.CalibrationError,
            confidence.TargetProbability,
            confidence.Margin,
            confidence.SaturatedShare,
            confidence.NonTargetDivergence,
            run.Clock.Train);
    }

    private static CellFeatures Kept(Chart chart) => new(
        chart.Title,
        chart.X.Title,
        chart.Y.Title,
        chart.X.HidesNumbers,
        [.. chart.Series.Select((series, i) => new CellFeatureSeries(series.Name, chart.ColourOf(i), [.. series.X.Select(x => (float)x)], [.. series.Y.Select(y => (float)y)]))]);
}
