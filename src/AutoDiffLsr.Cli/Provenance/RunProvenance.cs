using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiffLsr.Cli.Provenance;

/// <summary>Where a file comes from: enough to make it again, and to know why another one differs. Every artefact of a run carries it.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Commit">The commit that it was built from; null where that is not known.</param>
/// <param name="Date">When the run began, in UTC; the variable SOURCE_DATE_EPOCH sets it, in seconds since 1970.</param>
/// <param name="Command">The command as it was given.</param>
/// <param name="Reproduce">The command without the options that say where results go: it runs again unchanged, into a new folder.</param>
/// <param name="Settings">Every option of the command by its name without dashes, with its default where it was not given and with what it was resolved to.</param>
/// <param name="Seed">The seed; null for a command without one.</param>
/// <param name="Threads">The most threads that were used.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Instructions">The widest vector instructions that were used.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="System">The operating system.</param>
/// <param name="Data">The data; null for a command without data.</param>
internal sealed record RunProvenance(
    string Tool,
    string Version,
    string? Commit,
    string Date,
    string Command,
    string Reproduce,
    IReadOnlyDictionary<string, string> Settings,
    long? Seed,
    int Threads,
    string Processor,
    string Instructions,
    string Runtime,
    string System,
    DataOrigin? Data)
{
    /// <summary>The name of the property, attachment or element that carries it.</summary>
    public const string Key = "provenance";

    /// <summary>The record with what options were resolved to. Those that are null stay as they are.</summary>
    public RunProvenance With(DataOrigin? data, IEnumerable<(string Name, string? Value)> resolved)
    {
        Dictionary<string, string> settings = new(Settings);
        foreach ((string name, string? value) in resolved)
        {
            if (value is not null)
                settings[name] = value;
        }

        return this with { Settings = settings, Data = data };
    }

    public void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, ProvenanceJson.Default.RunProvenance);

    public string ToJson() => JsonSerializer.Serialize(this, ProvenanceJson.Default.RunProvenance);

    /// <summary>Reads a record; null where the text is none.</summary>
    public static RunProvenance? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProvenanceJson.Default.RunProvenance) is { Tool: not null, Settings: not null } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The JSON of a record: names in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunProvenance))]
internal sealed partial class ProvenanceJson : JsonSerializerContext;
