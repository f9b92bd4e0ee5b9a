#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
// Whether the JSON of the benchmark's smoke is whole: a machine, and rows with a name, a positive time, threads, and, where PyTorch was there, a ratio.
using System.Text.Json;

using JsonDocument document = JsonDocument.Parse(File.ReadAllText(args[0]));
JsonElement root = document.RootElement;
Require(root.GetProperty("machine").GetString() is { Length: > 0 }, "there is no machine");
JsonElement[] rows = [.. root.GetProperty("rows").EnumerateArray()];
foreach (string kind in (string[])["step", "loss", "product"])
    Require(rows.Any(row => Name(row).StartsWith(kind, StringComparison.Ordinal)), $"there is no {kind} row");
foreach (JsonElement row in rows)
{
    Require(row.GetProperty("ours_us").GetDouble() > 0, $"{Name(row)}: our time is not positive");
    Require(row.GetProperty("threads").GetInt32() > 0, $"{Name(row)}: no threads");
    bool hasTorch = row.GetProperty("torch_us").ValueKind == JsonValueKind.Number;
    Require(hasTorch == (row.GetProperty("ratio").ValueKind == JsonValueKind.Number), $"{Name(row)}: a ratio without both times, or the reverse");
}

Console.WriteLine($"{rows.Length} rows are whole");

static string Name(JsonElement row) => row.GetProperty("name").GetString() ?? "";

static void Require(bool holds, string problem)
{
    if (!holds)
        throw new InvalidDataException(problem);
}
