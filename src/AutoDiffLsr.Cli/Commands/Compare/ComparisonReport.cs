using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>The report of a comparison, for people.</summary>
internal static class ComparisonReport
{
    public const string FileName = "report.html";

    public static Page Create(ComparisonPlan plan, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<string> processors, RunProvenance provenance)
    {
        string first = plan.Variants[0].Name;
        Page page = new Page($"{plan.Settings.Data.Name}: losses compared")
            .Heading("Result")
            .Table(ComparisonText.Heads, ComparisonText.Rows(rows))
            .Note("Mean ± standard deviation over the seeds. NLL, margin and KL in nats; train columns with the labels that were trained on, the wrong ones included; saturated: 1 - p(label) < 1e-7. Seconds are of training, side by side on the machine's cores.");
        if (rows.Any(row => row.Difference(ComparisonMeasure.All[0]) is not null))
        {
            page.Heading($"Difference from {first}")
                .Table(ComparisonText.DifferenceHeads, ComparisonText.DifferenceRows(rows))
                .Note($"Seed by seed: {ComparisonText.DifferenceNote(rows)}. Without 0 it is a hint, not a proof.");
        }

        page.Heading("Test error by epoch").Charts([.. plan.LabelNoises.Select(noise => Curves(rows, noise))]);
        if (plan.LabelNoises.Count > 1)
            page.Heading("Test error by label noise").Charts(NoiseChart(plan, rows));
        AddFeatures(page, rows);
        page.Heading("Settings").Facts(
        [
            ("all runs", plan.CommonText()),
            ("seeds", string.Join(", ", plan.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))),
            ("computed on", string.Join("; ", processors)),
        ]);
        ProvenanceSection.Append(page, provenance);
        return page;
    }

    private static Chart Curves(IReadOnlyList<ComparisonRow> rows, double noise) => new(
        string.Create(CultureInfo.InvariantCulture, $"Label noise {noise}"),
        new ChartAxis("epoch"),
        new ChartAxis("test error, %, mean over the seeds"),
        [.. rows.Where(row => row.LabelNoise == noise && row.Runs.Count > 0).Select(row => new ChartSeries(row.Variant.Name, Epochs(row), MeanErrors(row)))]);

    private static double[] Epochs(ComparisonRow row) => [.. Enumerable.Range(1, row.Runs[0].TestErrors.Count).Select(epoch => (double)epoch)];

    private static double[] MeanErrors(ComparisonRow row) => [.. Enumerable.Range(0, row.Runs[0].TestErrors.Count).Select(epoch => 100 * row.Runs.Average(run => run.TestErrors[epoch]))];

    private static Chart NoiseChart(ComparisonPlan plan, IReadOnlyList<ComparisonRow> rows) => new(
        "After the last epoch",
        new ChartAxis("share of wrong training labels"),
        new ChartAxis("test error, %"),
        [.. plan.Variants.Select(variant => rows.Where(row => row.Variant == variant && row.Runs.Count > 0).ToArray()).Where(group => group.Length > 0).Select(group =>
            new ChartSeries(group[0].Variant.Name, [.. group.Select(row => row.LabelNoise)], [.. group.Select(row => 100 * row.Summary(ComparisonMeasure.All[0])!.Mean)]) { HasMarkers = true })]);

    private static void AddFeatures(Page page, IReadOnlyList<ComparisonRow> rows)
    {
        CellResult[] shown = [.. rows.SelectMany(row => row.Runs).Where(run => run.Features.Count > 0)];
        if (shown.Length == 0)
            return;
        page.Heading("Penultimate features of the test part, first seed").Charts([.. shown.SelectMany(run => run.Features).OrderByDescending(features => features.HidesNumbers).Select(Chart)]);
        foreach (CellResult run in shown)
            page.Note(run.FeatureCaption ?? "");
    }

    private static Chart Chart(CellFeatures features) => new(
        features.Title,
        new ChartAxis(features.XTitle) { HidesNumbers = features.HidesNumbers },
        new ChartAxis(features.YTitle) { HidesNumbers = features.HidesNumbers },
        [.. features.Series.Select(series => new ChartSeries(series.Name, [.. series.X.Select(x => (double)x)], [.. series.Y.Select(y => (double)y)])
        {
            Kind = SeriesKind.Points,
            Colour = series.Colour,
            Label = series.Name,
        })])
    { IsSquare = true };
}
