using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Has the cells of a plan done, and keeps their results.</summary>
/// <param name="plan">What is compared.</param>
/// <param name="data">The data, with true labels.</param>
/// <param name="folder">Where results are kept.</param>
internal sealed class ComparisonRunner(ComparisonPlan plan, LoadedData data, ComparisonFolder folder)
{
    private readonly ConcurrentDictionary<ComparisonCell, CellResult> results = new();

    /// <summary>The results so far.</summary>
    public IReadOnlyDictionary<ComparisonCell, CellResult> Results => results;

    /// <summary>The kinds of processors that the results come from; results of older versions do not say theirs.</summary>
    public IReadOnlyList<string> Processors => [.. results.Values.Select(result => result.Processor).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What the runs take.</summary>
    public DataOrigin Origin => DataOrigin.Of(plan.Settings.Data.Source, First().Train, data.Validation?.Count ?? 0, data.Test?.Count ?? 0);

    /// <summary>What the options that all runs have in common were resolved to, and the number of parameters.</summary>
    public IEnumerable<(string Name, string? Value)> Resolved()
    {
        TrainingRun run = new(plan.SettingsOf(plan.Cells[0]), First());
        return [.. ResolvedSettings.Of(run).Where(setting => setting.Name != "loss"), ("parameters", run.Model.CountParameters().ToString(CultureInfo.InvariantCulture))];
    }

    private LoadedData First() => ComparisonCells.DataOf(data, plan.TrainSize, plan.Cells[0].LabelNoise, plan.Cells[0].Seed);

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

    /// <summary>Has the rest done. What is finished when it is cancelled is kept.</summary>
    /// <param name="place">Where.</param>
    /// <param name="display">Receives each.</param>
    /// <param name="cancellation">Stops after the current batches.</param>
    public void Run(ICellPlace place, IComparisonDisplay display, CancellationToken cancellation)
    {
        Dictionary<string, ComparisonCell> waiting = plan.Cells.Where(cell => !results.ContainsKey(cell)).ToDictionary(plan.TextOf);
        if (waiting.Count == 0)
            return;
        ComparisonCells cells = new(new ComparisonCellSettings(plan.Settings.Model, plan.Settings.Optimizer, plan.Settings.Training with { Threads = null }, plan.TrainSize), data);
        try
        {
            place.Run(
                cells,
                [.. waiting.Select(cell => new CellWork(cell.Key, JsonSerializer.Serialize(ComparisonWork.Of(plan, cell.Value), ComparisonJson.Default.ComparisonWork)))],
                outcome => Keep(waiting[outcome.Cell.Name], outcome, display),
                display.Advance,
                cancellation);
        }
        catch (OperationCanceledException)
        {
            // Results has what was finished, and the caller sees that some are missing.
        }
    }

    private void Keep(ComparisonCell cell, CellOutcome outcome, IComparisonDisplay display)
    {
        CellResult result = JsonSerializer.Deserialize(outcome.Result, ComparisonJson.Default.CellResult)! with { Settings = outcome.Cell.Name, Processor = outcome.Processor };
        folder.Write(cell, result);
        results[cell] = result;
        display.Finish(cell, result);
    }
}
