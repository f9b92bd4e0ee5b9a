using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Experiments;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A comparison as lines, CSV and JSON.</summary>
internal static class ComparisonText
{
    /// <summary>The heads of the result table.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["loss", "label noise", "runs", .. ComparisonMeasure.All.Select(measure => measure.Title)];

    /// <summary>The heads of the table of differences.</summary>
    public static IReadOnlyList<string> DifferenceHeads { get; } = ["loss", "label noise", "pairs", .. ComparisonMeasure.All.Where(measure => measure.IsCompared).Select(measure => measure.Title)];

    /// <summary>A finished run in a line.</summary>
    public static string Line(ComparisonCell cell, CellResult result) => result.Measures is { } measures
        ? string.Create(CultureInfo.InvariantCulture, $"{cell.Name}: test error {measures.TestError:P2}, {measures.Seconds:0.0} s")
        : $"{cell.Name}: diverged";

    /// <summary>The result table, mean ± standard deviation.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<ComparisonRow> rows) => rows.Select(row => (IReadOnlyList<string>)
    [
        row.Variant.Name,
        Number(row.LabelNoise),
        row.Diverged == 0 ? $"{row.Runs.Count}" : $"{row.Runs.Count}, and {row.Diverged} diverged",
        .. ComparisonMeasure.All.Select(measure => row.Summary(measure) is { } summary ? measure.Text(summary) : ""),
    ]);

    /// <summary>The differences from the first loss, with their intervals.</summary>
    public static IEnumerable<IReadOnlyList<string>> DifferenceRows(IEnumerable<ComparisonRow> rows) =>
        rows.Where(row => row.Difference(ComparisonMeasure.All[0]) is not null).Select(row => (IReadOnlyList<string>)
        [
            row.Variant.Name,
            Number(row.LabelNoise),
            $"{row.Difference(ComparisonMeasure.All[0])!.Pairs}",
            .. ComparisonMeasure.All.Where(measure => measure.IsCompared).Select(measure => measure.Text(row.Difference(measure)!)),
        ]);

    /// <summary>What the differences are, with the number of pairs that there are.</summary>
    public static string DifferenceNote(IEnumerable<ComparisonRow> rows)
    {
        int[] pairs = [.. rows.Select(row => row.Difference(ComparisonMeasure.All[0])?.Pairs).OfType<int>()];
        string count = pairs.Min() == pairs.Max() ? $"{pairs.Min()}" : $"{pairs.Min()} to {pairs.Max()}";
        return pairs.Max() < PairedDifference.FewestPairs
            ? $"the mean over {count} paired {(pairs.Max() == 1 ? "seed" : "seeds")}; an interval needs {PairedDifference.FewestPairs} or more (--seeds)"
            : $"the mean over {count} paired seeds with its 95 % percentile bootstrap interval, which is too narrow for few pairs (of five it holds the truth in about 84 % of cases)";
    }

    /// <summary>A line for each run.</summary>
    public static string RunsCsv(ComparisonPlan plan, IReadOnlyDictionary<ComparisonCell, CellResult> results)
    {
        StringBuilder csv = new($"loss,smoothing,label_noise,seed,{string.Join(',', ComparisonMeasure.All.Select(measure => measure.Key))}\n");
        foreach (CellResult run in plan.Cells.Where(results.ContainsKey).Select(cell => results[cell]))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{run.Loss},{run.Smoothing:R},{run.LabelNoise:R},{run.Seed}");
            foreach (ComparisonMeasure measure in ComparisonMeasure.All)
                csv.Append(CultureInfo.InvariantCulture, $",{(run.Measures is null ? double.NaN : measure.Of(run.Measures)):R}");
            csv.Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>A line for each loss under each noise.</summary>
    public static string SummaryCsv(IEnumerable<ComparisonRow> rows)
    {
        StringBuilder csv = new("loss,smoothing,label_noise,runs,measure,mean,standard_deviation,difference,difference_low,difference_high\n");
        foreach (ComparisonRow row in rows)
        {
            foreach (ComparisonMeasure measure in ComparisonMeasure.All.Where(measure => row.Summary(measure) is not null))
            {
                PairedDifference? difference = row.Difference(measure);
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{row.Variant.Settings.Name},{row.Variant.Settings.EffectiveSmoothing:R},{row.LabelNoise:R},{row.Runs.Count},{measure.Key},{row.Summary(measure)!.Mean:R},{row.Summary(measure)!.Deviation:R},{difference?.Mean:R},{(difference?.HasInterval == true ? difference.Low : null):R},{(difference?.HasInterval == true ? difference.High : null):R}\n");
            }
        }

        return csv.ToString();
    }

    public static void WriteJson(Utf8JsonWriter writer, RunProvenance provenance, ComparisonPlan plan, IEnumerable<ComparisonRow> rows, IReadOnlyList<string> processors)
    {
        writer.WriteStartObject();
        writer.WriteString("command", provenance.Command);
        writer.WritePropertyName(RunProvenance.Key);
        provenance.Write(writer);
        writer.WriteString("settings", plan.CommonText());
        writer.WriteNumber("seeds", plan.Seeds.Count);
        writer.WriteStartArray("processors");
        foreach (string processor in processors)
            writer.WriteStringValue(processor);
        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (ComparisonRow row in rows)
            WriteRow(writer, row);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, ComparisonRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("loss", row.Variant.Settings.Name);
        writer.WriteNumber("smoothing", row.Variant.Settings.EffectiveSmoothing);
        writer.WriteNumber("label_noise", row.LabelNoise);
        writer.WriteNumber("runs", row.Runs.Count);
        writer.WriteNumber("diverged", row.Diverged);
        foreach (ComparisonMeasure measure in ComparisonMeasure.All)
        {
            writer.WriteStartObject(measure.Key);
            WriteNumber(writer, "mean", row.Summary(measure)?.Mean);
            WriteNumber(writer, "standard_deviation", row.Summary(measure)?.Deviation);
            if (row.Difference(measure) is { } difference)
            {
                WriteNumber(writer, "difference", difference.Mean);
                writer.WriteNumber("pairs", difference.Pairs);
                if (difference.HasInterval)
                {
                    WriteNumber(writer, "difference_low", difference.Low);
                    WriteNumber(writer, "difference_high", difference.High);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
            writer.WriteNullValue();
        else
            writer.Write(value.Value);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
