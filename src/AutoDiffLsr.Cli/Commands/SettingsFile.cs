using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>
/// The options of a run as a file: {"command": "train", "settings": {"data": "iris.csv", "epochs": 20}, "provenance": {...}}. Every run leaves one; --config
/// and --resume take it. What stands on the command line goes before what stands in the file, and that before defaults.
/// </summary>
internal static class SettingsFile
{
    public const string FileName = "config.json";

    private const string Command = "command", Settings = "settings";

    /// <summary>Options that two runs of the same training may have different values of.</summary>
    private static readonly string[] FreeOnResume = ["--epochs", "--steps", "--threads"];

    /// <summary>The arguments with those of the file that --config names, or of the run that --resume goes on with; as they are without these.</summary>
    /// <exception cref="UsageException">The file cannot be read or does not fit, or a run would go on with other settings.</exception>
    public static ParseResult Expand(ParseResult arguments, ParserConfiguration parser)
    {
        Command command = arguments.CommandResult.Command;
        if (ValueOf(arguments, ConfigOption.OptionName) is { } file)
            return Merge(arguments, Read(file, command), parser);
        if (Given(arguments, "--resume") is null || ValueOf(arguments, "--output") is not { } folder || Path.Combine(folder, FileName) is var left && !File.Exists(left))
            return arguments;
        SavedSettings saved = Read(Path.Combine(folder, FileName), command);
        CheckSame(arguments, saved);
        return Merge(arguments, saved, parser);
    }

    /// <summary>The file of a run.</summary>
    public static string Render(ParseResult arguments, RunProvenance provenance) => JsonTarget.Render(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(Command, arguments.CommandResult.Command.Name);
        writer.WriteStartObject(Settings);
        foreach (OptionResult given in GivenOptions(arguments))
            WriteOption(writer, given);
        writer.WriteEndObject();
        writer.WritePropertyName(RunProvenance.Key);
        provenance.Write(writer);
        writer.WriteEndObject();
    });

    /// <summary>The record of the run in whose folder a file is; null where it left none.</summary>
    public static RunProvenance? ProvenanceIn(string folder, Command command) =>
        Path.Combine(folder, FileName) is var file && File.Exists(file) ? Read(file, command).Provenance : null;

    private static IEnumerable<OptionResult> GivenOptions(ParseResult arguments) =>
        arguments.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && CommandRecord.IsSetting(option.Option));

    private static void WriteOption(Utf8JsonWriter writer, OptionResult given)
    {
        writer.WritePropertyName(given.Option.Name[2..]);
        string[] values = [.. given.Tokens.Select(token => token.Value)];
        if (values.Length == 0)
            writer.WriteBooleanValue(true);
        else if (values.Length == 1)
            WriteValue(writer, values[0], given.Option.ValueType);
        else
            WriteArray(writer, values);
    }

    private static void WriteArray(Utf8JsonWriter writer, string[] values)
    {
        writer.WriteStartArray();
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>Numbers as numbers, with the digits that were given.</summary>
    private static void WriteValue(Utf8JsonWriter writer, string value, Type type)
    {
        bool isNumber = (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } number && number != typeof(bool);
        if (isNumber && IsJsonNumber(value))
            writer.WriteRawValue(value);
        else if (type == typeof(bool) && bool.TryParse(value, out bool flag))
            writer.WriteBooleanValue(flag);
        else
            writer.WriteStringValue(value);
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SavedSettings Read(string file, Command command)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            return Read(file, command, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{ConfigOption.OptionName} {file} is no JSON (line {error.LineNumber + 1}): give a file such as the {FileName} of a run", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{ConfigOption.OptionName} {file} cannot be read: {error.Message}", error);
        }
    }

    private static SavedSettings Read(string file, Command command, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Settings, out JsonElement settings) || settings.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{ConfigOption.OptionName} {file} has no \"{Settings}\": give a file such as the {FileName} of a run");
        if (root.TryGetProperty(Command, out JsonElement of) && of.ToString() != command.Name)
            throw new UsageException($"{ConfigOption.OptionName} {file} is of the command {of}, but this is {command.Name}");
        List<(Option Option, string[] Values)> options = [.. settings.EnumerateObject().DistinctBy(setting => setting.Name).Select(setting => (Find(file, command, setting.Name), Values(file, setting)))];
        RunProvenance? provenance = root.TryGetProperty(RunProvenance.Key, out JsonElement record) ? RunProvenance.Parse(record.GetRawText()) : null;
        return new SavedSettings(file, options, provenance);
    }

    private static Option Find(string file, Command command, string name)
    {
        Option[] known = [.. command.Options.Where(CommandRecord.IsSetting)];
        return Array.Find(known, option => option.Name == "--" + name)
            ?? throw new UsageException($"{ConfigOption.OptionName} {file} has '{name}', which {command.Name} does not know{Spelling.Suggest(name, known.Select(option => option.Name[2..]))}");
    }

    /// <summary>The words after the option; null values and false flags are as if they were not there.</summary>
    private static string[] Values(string file, JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        JsonValueKind.Array => [.. setting.Value.EnumerateArray().Select(value => value.ToString())],
        JsonValueKind.Object => throw new UsageException($"{ConfigOption.OptionName} {file} has an object for '{setting.Name}': give a text, a number, true or false"),
        JsonValueKind.Null => [],
        _ => [setting.Value.ToString()],
    };

    private static ParseResult Merge(ParseResult arguments, SavedSettings saved, ParserConfiguration parser)
    {
        List<string> words = [];
        bool hasLength = Given(arguments, "--epochs") is not null || Given(arguments, "--steps") is not null;
        foreach ((Option option, string[] values) in saved.Options)
        {
            if (Given(arguments, option.Name) is not null || values.Length == 0 || (hasLength && option.Name is "--epochs" or "--steps"))
                continue;
            words.Add(option.Name);
            words.AddRange(values);
        }

        List<string> given = [.. arguments.Tokens.Select(token => token.Value)];
        int config = given.IndexOf(ConfigOption.OptionName);
        if (config >= 0)
            given.RemoveRange(config, Math.Min(2, given.Count - config));
        return arguments.RootCommandResult.Command.Parse([.. given, .. words], parser);
    }

    private static void CheckSame(ParseResult arguments, SavedSettings saved)
    {
        foreach (OptionResult given in GivenOptions(arguments).Where(given => !FreeOnResume.Contains(given.Option.Name)))
        {
            string here = given.Tokens.Count == 0 ? "true" : string.Join(',', given.Tokens.Select(token => token.Value));
            string? there = saved.Provenance?.Settings.GetValueOrDefault(given.Option.Name[2..]);
            if (there is null ? !saved.Options.Exists(option => option.Option == given.Option) : !IsSame(here, there))
                throw new UsageException($"{given.Option.Name} is {there ?? "not given"} in the training to resume and {here} here: leave it out to go on, or begin anew with another --output");
        }
    }

    private static bool IsSame(string a, string b) => a == b
        || (double.TryParse(a, System.Globalization.CultureInfo.InvariantCulture, out double x) && double.TryParse(b, System.Globalization.CultureInfo.InvariantCulture, out double y) && x == y);

    private static OptionResult? Given(ParseResult arguments, string name) =>
        arguments.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => option.Option.Name == name && !option.Implicit);

    private static string? ValueOf(ParseResult arguments, string name) => Given(arguments, name) is { Tokens: [var first, ..] } ? first.Value : null;

    private sealed record SavedSettings(string File, List<(Option Option, string[] Values)> Options, RunProvenance? Provenance);
}
