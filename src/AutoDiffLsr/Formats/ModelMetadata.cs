using System.Globalization;
using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Formats;

/// <summary>All of a model but its weights, as the text under <c>__metadata__</c>.</summary>
internal static class ModelMetadata
{
    private const string VersionKey = "autodifflsr_model";
    private const string Version = "1";

    public static void Write<T>(Model<T> model, IDictionary<string, string> metadata)
        where T : struct, IFloatingPointIeee754<T>
    {
        metadata[VersionKey] = Version;
        metadata["architecture"] = JsonFields.Write(json => new ArchitectureWriter<T>(json).Write(model.Layers, ""));
        if (model.Standardization is { } standardization)
            metadata["standardization"] = JsonFields.Write(json => Write(json, standardization));
        metadata["class_names"] = JsonFields.Write(json => Write(json, model.Info.ClassNames));
        metadata["feature_names"] = JsonFields.Write(json => Write(json, model.Info.FeatureNames));
        if (model.Info.ImageSize is { } size)
            metadata["image_size"] = JsonFields.Write(json => Write(json, size));
        if (model.Info.Targets is { } targets)
            metadata["targets"] = JsonFields.Write(json => json.WriteStringValue(targets.ToString()));
        if (model.Info.Attachments.Count > 0)
            metadata["attachments"] = JsonFields.Write(json => JsonFields.WriteTexts(json, model.Info.Attachments));
        metadata["settings"] = JsonFields.Write(json => JsonFields.WriteTexts(json, model.Info.Settings));
    }

    /// <summary>Builds the model as the text says, its weights still to be read.</summary>
    public static Model<T> Read<T>(SafetensorsReader reader)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (reader.Metadata.GetValueOrDefault(VersionKey) is not Version)
        {
            throw ModelFileException.At(
                reader.Name, $"no {VersionKey} {Version} in its metadata", "a model of this library; a file of weights alone is loaded into layers, with Weights.Load");
        }

        try
        {
            Layer<T> layers = Parse(reader, "architecture", json => new ArchitectureReader<T>(reader).Read(json, "")) ?? throw ModelFileException.At(reader.Name, "no architecture", "one");
            return new(layers, Parse(reader, "standardization", ReadStandardization<T>), ReadInfo(reader));
        }
        catch (ArgumentException error)
        {
            throw new ModelFileException(reader.Name, $"its parts do not fit together: {OneLine.Reason(error)}", error);
        }
    }

    private static ModelInfo ReadInfo(SafetensorsReader reader) => new()
    {
        ClassNames = Parse(reader, "class_names", json => json.List(name => name.Text())) ?? [],
        FeatureNames = Parse(reader, "feature_names", json => json.List(name => name.Text())) ?? [],
        ImageSize = Parse(reader, "image_size", ReadImageSize),
        Settings = Parse(reader, "settings", json => json.Texts()) ?? [],
        Targets = Parse<TargetKind?>(reader, "targets", ReadTargets),
        Attachments = Parse(reader, "attachments", json => json.Texts()) ?? [],
    };

    private static Standardization<T> ReadStandardization<T>(JsonFields json)
        where T : struct, IFloatingPointIeee754<T>
    {
        json.RequireOnly("mean", "scale");
        T[] mean = [.. json.Get("mean").List(number => number.Number<T>())], scale = [.. json.Get("scale").List(number => number.Number<T>())];
        return new(mean, scale);
    }

    private static TargetKind? ReadTargets(JsonFields json) =>
        Enum.TryParse(json.Text(), out TargetKind kind) && Enum.IsDefined(kind) ? kind : throw json.Error("something else", $"one of {string.Join(", ", Enum.GetNames<TargetKind>())}");

    private static ImageSize? ReadImageSize(JsonFields json)
    {
        json.RequireOnly("rows", "columns", "channels");
        return new ImageSize(json.Get("rows").Count(1), json.Get("columns").Count(1), json.Find("channels")?.Count(1) ?? 1);
    }

    private static TResult? Parse<TResult>(SafetensorsReader reader, string key, Func<JsonFields, TResult> read) =>
        reader.Metadata.TryGetValue(key, out string? text) ? JsonFields.Parse(reader.Name, key, text, read) : default;

    private static void Write<T>(Utf8JsonWriter json, Standardization<T> standardization)
        where T : struct, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        WriteNumbers(json, "mean", standardization.Mean);
        WriteNumbers(json, "scale", standardization.Scale);
        json.WriteEndObject();
    }

    private static void WriteNumbers<T>(Utf8JsonWriter json, string name, ReadOnlySpan<T> numbers)
        where T : struct, IFloatingPointIeee754<T>
    {
        json.WriteStartArray(name);
        foreach (T number in numbers)
            json.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartArray();
        foreach (string name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ImageSize size)
    {
        json.WriteStartObject();
        json.WriteNumber("rows", size.Rows);
        json.WriteNumber("columns", size.Columns);
        if (size.Channels != 1)
            json.WriteNumber("channels", size.Channels);
        json.WriteEndObject();
    }
}
