using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Cli.Commands.Inspect;
using AutoDiffLsr.Cli.Provenance;

namespace AutoDiffLsr.Cli.Commands.Diff;

/// <summary>What differs between two runs. Settings, circumstances and columns are listed where they differ, metrics always.</summary>
internal sealed record RunDifference(string A, string B, IReadOnlyList<(string Title, IReadOnlyList<Entry> Entries)> Sections)
{
    private static readonly string[] MetricSections = ["train", "test", "baseline"];

    public static RunDifference Of(Artefact a, Artefact b) => new(a.Path, b.Path,
    [
        ("settings", Differing(Settings(a), Settings(b))),
        ("circumstances", Differing(Circumstances(a.Provenance), Circumstances(b.Provenance))),
        ("columns", Differing(Columns(a.Json), Columns(b.Json))),
        ("metrics", Metrics(a.Json, b.Json)),
    ]);

    private static IReadOnlyDictionary<string, string> Settings(Artefact of) => of.Provenance?.Settings ?? of.Model?.Info.Settings ?? new Dictionary<string, string>();

    private static Dictionary<string, string> Circumstances(RunProvenance? of) => of is null ? [] : new()
    {
        ["version"] = of.Version,
        ["commit"] = of.Commit ?? "",
        ["date"] = of.Date,
        ["threads"] = of.Threads.ToString(CultureInfo.InvariantCulture),
        ["processor"] = $"{of.Processor}, {of.Instructions}",
        ["runtime"] = $"{of.Runtime}, {of.System}",
        ["data"] = of.Data?.ToString() ?? "",
    };

    private static Dictionary<string, string> Columns(JsonElement? of)
    {
        Dictionary<string, string> columns = [];
        if (of is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("columns", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement column in list.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.Object && column.TryGetProperty("name", out _)))
                columns[column.GetProperty("name").ToString()] = string.Join(", ", column.EnumerateObject().Where(part => part.Name != "name").Select(part => $"{part.Name} {part.Value}"));
        }

        return columns;
    }

    private static List<Entry> Differing(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
    [
        .. a.Keys.Union(b.Keys).Select(name => new Entry(name, a.GetValueOrDefault(name), b.GetValueOrDefault(name))).Where(entry => entry.A != entry.B),
    ];

    private static List<Entry> Metrics(JsonElement? a, JsonElement? b)
    {
        Dictionary<string, double> first = Numbers(a), second = Numbers(b);
        return [.. first.Keys.Union(second.Keys).Select(name => Entry.OfNumbers(name, first.TryGetValue(name, out double x) ? x : null, second.TryGetValue(name, out double y) ? y : null))];
    }

    /// <summary>The scores of a training, or the means of a comparison: "test accuracy", "lsr 0.1, noise 0: test_error".</summary>
    private static Dictionary<string, double> Numbers(JsonElement? of)
    {
        Dictionary<string, double> numbers = [];
        if (of is not { ValueKind: JsonValueKind.Object } root)
            return numbers;
        foreach (JsonProperty section in root.EnumerateObject().Where(section => MetricSections.Contains(section.Name) && section.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (JsonProperty score in section.Value.EnumerateObject().Where(score => score.Value.ValueKind == JsonValueKind.Number))
                numbers[$"{section.Name} {score.Name}"] = score.Value.GetDouble();
        }

        if (root.TryGetProperty("rows", out JsonElement rows) && rows.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement row in rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("loss", out _)))
                AddRow(numbers, row);
        }

        return numbers;
    }

    private static void AddRow(Dictionary<string, double> numbers, JsonElement row)
    {
        string name = string.Join(", ", row.EnumerateObject().Where(part => part.Name is "loss" or "smoothing" or "label_noise").Select(part => part.Name == "loss" ? part.Value.ToString() : $"{part.Name} {part.Value}"));
        foreach (JsonProperty measure in row.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object))
        {
            if (measure.Value.TryGetProperty("mean", out JsonElement mean) && mean.ValueKind == JsonValueKind.Number)
                numbers[$"{name}: {measure.Name}"] = mean.GetDouble();
        }
    }
}
