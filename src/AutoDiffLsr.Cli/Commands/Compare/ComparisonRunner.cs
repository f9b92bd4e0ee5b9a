using System.Collections.Concurrent;
using System.Globalization;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Runs the cells of a plan side by side, each on one thread.</summary>
/// <param name="plan">What is compared.</param>
/// <param name="data">The data, with true labels.</param>
/// <param name="folder">Where results are kept.</param>
internal sealed class ComparisonRunner(ComparisonPlan plan, LoadedData data, ComparisonFolder folder)
{
    private readonly ConcurrentDictionary<ComparisonCell, CellResult> results = new();

    /// <summary>The results so far.</summary>
    public IReadOnlyDictionary<ComparisonCell, CellResult> Results => results;

    /// <summary>What the runs take.</summary>
    public DataOrigin Origin => DataOrigin.Of(plan.Settings.Data.Source, DataOf(plan.Cells[0]).Train, data.Validation?.Count ?? 0, data.Test?.Count ?? 0);

    /// <summary>What the options that all runs have in common were resolved to, and the number of parameters.</summary>
    public IEnumerable<(string Name, string? Value)> Resolved()
    {
        TrainingRun run = new(plan.SettingsOf(plan.Cells[0]), DataOf(plan.Cells[0]));
        return [.. ResolvedSettings.Of(run).Where(setting => setting.Name != "loss"), ("parameters", run.Model.CountParameters().ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Takes up what is finished already.</summary>
    /// <returns>How many cells that are.</returns>
    public int ReadFinished()
    {
        foreach (ComparisonCell cell in plan.Cells)
        {
            if (folder.Read(cell, plan.TextOf(cell)) is { } result)
                results[cell] = result;
        }

        return results.Count;
    }

    /// <summary>Runs the rest. What is finished when it is cancelled is kept.</summary>
    /// <param name="threads">How many cells run at once.</param>
    /// <param name="display">Receives each.</param>
    /// <param name="cancellation">Stops after the current batches.</param>
    public void Run(int threads, IComparisonDisplay display, CancellationToken cancellation)
    {
        int before = Compute.Threads;
        Compute.Threads = 1;
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
            var waiting = Partitioner.Create(plan.Cells.Where(cell => !results.ContainsKey(cell)).ToArray().AsEnumerable(), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(waiting, options, cell =>
            {
                if (!cancellation.IsCancellationRequested)
                    Run(cell, display, cancellation);
            });
        }
        catch (AggregateException errors) when (errors.InnerExceptions.Count > 0)
        {
            throw errors.InnerExceptions[0];
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    private void Run(ComparisonCell cell, IComparisonDisplay display, CancellationToken cancellation)
    {
        TrainingRun run = new(plan.SettingsOf(cell), DataOf(cell));
        string? failure = null;
        try
        {
            run.Train(new CellDisplay(display, run.Epochs), cancellation);
        }
        catch (TrainingDivergedException error)
        {
            failure = error.Message;
        }

        if (run.WasInterrupted || cancellation.IsCancellationRequested)
            return;
        CellResult result = ResultOf(cell, run, failure);
        folder.Write(cell, result);
        results[cell] = result;
        display.Finish(cell, result);
    }

    private LoadedData DataOf(ComparisonCell cell)
    {
        Dataset<float> train = data.Train;
        if (plan.TrainSize is { } size)
            train = StratifiedSubset.Take(train, size, cell.Seed);
        if (cell.LabelNoise > 0)
            train = LabelNoise.Apply(train, cell.LabelNoise, cell.Seed);
        return data with { Train = train };
    }

    private CellResult ResultOf(ComparisonCell cell, TrainingRun run, string? failure)
    {
        bool hasPicture = failure is null && cell.Seed == plan.Seeds[0] && cell.LabelNoise == plan.LabelNoises[0] && FeaturePanels.Suits(run.Model, data.Test!);
        FeaturePanels? panels = hasPicture
            ? FeaturePanels.Of(cell.Variant.Name, run.Model, data.Test!, new FeatureSettings(FeaturePanels.DefaultSamples, null, null, plan.Seeds[0]), null, default)
            : null;
        return new CellResult(
            plan.TextOf(cell),
            cell.Variant.Settings.Name,
            cell.Variant.Settings.EffectiveSmoothing,
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
