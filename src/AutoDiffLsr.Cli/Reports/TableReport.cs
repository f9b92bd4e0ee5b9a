using System.Globalization;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>What a report says of a table: baselines, what was tried, and what became of the columns.</summary>
internal static class TableReport
{
    public static void Append(Page page, TrainingRun run, TrainMetrics metrics)
    {
        if (run.Data.Encoder is not { } encoder)
            return;
        if (metrics.Baseline is { } baseline)
            AddBaselines(page, metrics, baseline);
        if (metrics.Tried is { } tried)
        {
            page.Heading("Settings that were tried on held-back parts of the training data").Table(
                ["settings", run.Data.IsRegression ? "mean squared error, in squared deviations" : "negative log-likelihood, nats", ""],
                tried.Select(each => (IReadOnlyList<string>)[each.Settings, each.Error.ToString("0.0000", CultureInfo.InvariantCulture), each.IsChosen ? "taken" : ""]));
        }

        page.Heading("The table").Text($"The target is {string.Join(", ", encoder.Schema.Targets)}, the task is {metrics.Task}.");
        foreach (string note in run.Data.Notes)
            page.Note(note);
        page.Table(["column", "kind", "values", "missing", "becomes"], TableText.Rows(encoder.Describe()));
    }

    private static void AddBaselines(Page page, TrainMetrics metrics, BaselineMetrics baseline)
    {
        bool isRegression = baseline.Rmse is not null;
        List<IReadOnlyList<string>> rows = [["this net", Score(metrics.Test?.Accuracy, metrics.Test?.Rmse)]];
        if (baseline.Linear is { } linear)
            rows.Add(["a linear model", Score(linear.Accuracy, linear.Rmse)]);
        rows.Add([isRegression ? $"the mean of the training part, {baseline.Prediction}" : $"the most frequent class, {baseline.Prediction}", Score(baseline.Accuracy, baseline.Rmse)]);
        page.Heading("Beside simpler predictions").Table(["", isRegression ? "test error (rmse)" : "test accuracy"], rows);
    }

    private static string Score(double? accuracy, double? rmse) =>
        rmse is { } error ? error.ToString("G5", CultureInfo.InvariantCulture) : accuracy?.ToString("P2", CultureInfo.InvariantCulture) ?? "";
}
