using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Final;
using AutoDiffLsr.Experiments.Search.Losses;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>A search as lines, CSV and JSON.</summary>
internal static class SearchText
{
    private const int LongestFormula = 100;

    /// <summary>The heads of the final table.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["loss", "learning rate", "validation", "test, mean ± sd", "difference from the first, 95 %"];

    /// <summary>A generation in a line.</summary>
    public static string Line(GenerationRecord record)
    {
        FateCounts counts = record.Counts;
        string best = record.Best is { } found ? string.Create(CultureInfo.InvariantCulture, $"best {found.Fitness:G4}  median {record.MedianFitness:G4}") : "nothing to train with yet";
        string formula = record.Best is { } shown ? Formula(shown.Loss) : "";
        return $"{best}  ({counts.Trained} trained, {counts.Archived} known, {counts.Rejected} rejected, {counts.Equivalent} equivalent, {counts.Unsuitable} unsuitable)  {formula}";
    }

    /// <summary>A loss for people: simplified, its numbers rounded, and not longer than a line.</summary>
    public static string Formula(LearnedLoss loss)
    {
        string text = loss switch
        {
            SymbolicLoss symbolic => symbolic.Expression.Simplify().ToString(digits: 4),
            NetLoss => "a net 2-50-50-1",
            TaylorLoss taylor => $"taylor({string.Join(", ", taylor.Coefficients.Select(number => number.ToString("G4", CultureInfo.InvariantCulture)))})",
            _ => loss.Formula,
        };
        return text.Length <= LongestFormula ? text : text[..(LongestFormula - 3)] + "...";
    }

    /// <summary>The final table.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<FinalRow> rows) => rows.Select(row => (IReadOnlyList<string>)
    [
        row.Name,
        row.LearningRate.ToString("G3", CultureInfo.InvariantCulture),
        row.Validation.ToString("0.0000", CultureInfo.InvariantCulture),
        row.Summary is { } summary
            ? string.Create(CultureInfo.InvariantCulture, $"{summary.Mean:0.0000} ± {summary.Deviation:0.0000}")
            : $"{row.Test.Count(value => !double.IsFinite(value))} of {row.Test.Count} did not stay finite",
        row.FromUsual is { } difference
            ? string.Create(CultureInfo.InvariantCulture, $"{difference.Mean:+0.0000;-0.0000}") + (difference.HasInterval ? string.Create(CultureInfo.InvariantCulture, $" [{difference.Low:+0.0000;-0.0000}, {difference.High:+0.0000;-0.0000}]") : "")
            : "",
    ]);

    /// <summary>What the final table says of the learned loss, in a sentence.</summary>
    public static string Verdict(IReadOnlyList<FinalRow> rows)
    {
        FinalRow? learned = rows.FirstOrDefault(row => row.Name == "learned");
        if (learned?.FromUsual is not { } difference)
            return "The learned loss and the usual one cannot be compared: a net did not stay finite.";
        if (!difference.HasInterval)
            return string.Create(CultureInfo.InvariantCulture, $"The learned loss differs from {rows[0].Name} with its tuned learning rate by {difference.Mean:+0.0000;-0.0000} on rows that the search never saw, the mean of {difference.Pairs} pair{(difference.Pairs == 1 ? "" : "s")}: too few to say which is better (--seeds {PairedDifference.FewestPairs} or more).");
        string than = string.Create(CultureInfo.InvariantCulture, $"than {rows[0].Name} with its tuned learning rate, on rows that the search never saw (difference {difference.Mean:+0.0000;-0.0000}, 95 % interval {difference.Low:+0.0000;-0.0000} to {difference.High:+0.0000;-0.0000})");
        return difference switch
        {
            { High: < 0 } => $"The learned loss does better {than}.",
            { Low: > 0 } => $"The learned loss does worse {than}.",
            _ => $"The learned loss does neither better nor worse {than}.",
        };
    }

    /// <summary>A line for each candidate.</summary>
    public static string CandidatesCsv(IEnumerable<CandidateRecord> candidates)
    {
        StringBuilder csv = new("generation,place,fate,improvement,fitness,proposed,formula\n");
        foreach (CandidateRecord candidate in candidates)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{candidate.Generation},{candidate.Place},{candidate.Fate.ToString().ToLowerInvariant()},{candidate.Improvement:R},{candidate.Fitness:R},\"{candidate.Key}\",\"{(candidate.Loss is NetLoss ? "" : candidate.Loss.Formula)}\"\n");
        }

        return csv.ToString();
    }

    /// <summary>The loss as a file, with its provenance beside what its format has: readers of the format pass over it.</summary>
    public static string LossFile(SearchPlan plan, bool isClassification, CandidateRecord best, RunProvenance provenance)
    {
        JsonObject file = JsonNode.Parse(JsonTarget.Render(Loss(plan, isClassification, best).Write))!.AsObject();
        file[RunProvenance.Key] = JsonNode.Parse(provenance.ToJson());
        return JsonTarget.Render(writer => file.WriteTo(writer));
    }

    private static LearnedLossFile Loss(SearchPlan plan, bool isClassification, CandidateRecord best) => new(best.Loss, isClassification, new Dictionary<string, string>
    {
        ["method"] = plan.Method,
        ["data"] = plan.Source.Name,
        ["generation"] = best.Generation.ToString(CultureInfo.InvariantCulture),
        ["validation"] = best.Fitness.ToString("R", CultureInfo.InvariantCulture),
        ["learning rate"] = plan.Settings.Inner.LearningRate.ToString("R", CultureInfo.InvariantCulture),
        ["settings"] = plan.Settings.Text(),
    });

    public static void WriteJson(Utf8JsonWriter writer, RunProvenance provenance, SearchPlan plan, LossSearch search, IReadOnlyList<FinalRow> rows, IReadOnlyList<string> processors)
    {
        FateCounts counts = FateCounts.Of(search.Candidates);
        writer.WriteStartObject();
        writer.WriteString("command", provenance.Command);
        writer.WritePropertyName(RunProvenance.Key);
        provenance.Write(writer);
        writer.WriteString("settings", plan.Text());
        writer.WriteStartArray("processors");
        foreach (string processor in processors)
            writer.WriteStringValue(processor);
        writer.WriteEndArray();
        writer.WriteStartObject("candidates");
        writer.WriteNumber("trained", counts.Trained);
        writer.WriteNumber("known", counts.Archived);
        writer.WriteNumber("rejected", counts.Rejected);
        writer.WriteNumber("equivalent", counts.Equivalent);
        writer.WriteNumber("unsuitable", counts.Unsuitable);
        writer.WriteEndObject();
        if (search.Best is { } best)
        {
            writer.WriteStartObject("best");
            writer.WriteString("formula", best.Loss.Formula);
            if (best.Loss is SymbolicLoss symbolic)
            {
                writer.WriteString("simplified", symbolic.Expression.Simplify().ToString(digits: 4));
                writer.WriteString("latex", symbolic.Expression.Simplify().ToLatex());
            }

            writer.WriteNumber("generation", best.Generation);
            Write(writer, "validation", best.Fitness);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("test");
        foreach (FinalRow row in rows)
            WriteRow(writer, row);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, FinalRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("loss", row.Name);
        Write(writer, "learning_rate", row.LearningRate);
        Write(writer, "validation", row.Validation);
        writer.WriteStartArray("test");
        foreach (double value in row.Test)
            writer.Write(value);
        writer.WriteEndArray();
        if (row.FromUsual is { } difference)
        {
            Write(writer, "difference", difference.Mean);
            writer.WriteNumber("pairs", difference.Pairs);
            if (difference.HasInterval)
            {
                Write(writer, "difference_low", difference.Low);
                Write(writer, "difference_high", difference.High);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.Write(value);
    }
}
