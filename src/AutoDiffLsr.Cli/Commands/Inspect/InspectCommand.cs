using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Inspect;

/// <summary>Shows what is in a file that a run left, and where it comes from.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly Argument<string?> file = new("FILE")
    {
        Description = "A model, metrics.json, comparison.json, search.json, a learned loss, a report, a table of a run, or the folder of a run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ModelFileOption model = new() { Required = false };

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public InspectCommand(CommandContext context)
        : base(context, "inspect", "Shows a model's layers, settings and weights, and where a file of a run comes from.")
    {
        Add(file);
        Add(model);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr inspect run/model.safetensors",
        "autodiff-lsr inspect run/report.html --json -",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        string path = (arguments.GetValue(file), arguments.GetValue(model)) switch
        {
            (null, null) => throw new UsageException("inspect needs a file: inspect FILE"),
            ({ } given, null) => given,
            (null, { } given) => given,
            _ => throw new UsageException("FILE and --model say the same in two ways: give one of them"),
        };
        Artefact artefact = Artefact.Read(path);
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        target.Write(writer => WriteJson(writer, artefact));
        if (!target.IsStandardOutput)
            WriteText(artefact, Context.Terminal.Output);
        return ExitCode.Done;
    }

    private static void WriteText(Artefact artefact, TextWriter output)
    {
        if (artefact.Model is Model<double> of)
            Show(of, output);
        else if (artefact.Model is Model<float> single)
            Show(single, output);
        else
            output.WriteLine(artefact.Path);
        output.WriteLine();
        if (artefact.Provenance is null)
            output.WriteLine("where it comes from is not recorded in it");
        foreach ((string name, string value) in artefact.Provenance is { } provenance ? ProvenanceSection.Facts(provenance) : [])
            output.WriteLine($"{name}: {Clean(value)}");
    }

    private static void WriteJson(Utf8JsonWriter writer, Artefact artefact)
    {
        writer.WriteStartObject();
        writer.WriteString("file", artefact.Path);
        if (artefact.Model is { } loaded)
        {
            writer.WriteStartObject("model");
            writer.WriteNumber("features", loaded.Features);
            writer.WriteNumber("outputs", loaded.Classes);
            writer.WriteStartArray("classes");
            foreach (string name in loaded.Info.ClassNames)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteStartObject("settings");
            foreach ((string name, string value) in loaded.Info.Settings)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WritePropertyName(RunProvenance.Key);
        if (artefact.Provenance is { } provenance)
            provenance.Write(writer);
        else
            writer.WriteNullValue();
        writer.WriteEndObject();
    }

    private static void Show<T>(Model<T> loaded, TextWriter output)
        where T : struct, IFloatingPointIeee754<T>
    {
        output.WriteLine(loaded.Layers is Sequential<T> sequential ? sequential.ToString(loaded.Features) : loaded.Layers.Description);
        output.WriteLine();
        ShowInfo(loaded, typeof(T) == typeof(float) ? "float" : "double", loaded.Standardization is not null, output);
        output.WriteLine();
        foreach (NamedParameter<T> named in loaded.Layers.NamedParameters())
            output.WriteLine(WeightSummary.Of($"{named.Name} {named.Parameter.Shape}", named.Parameter.Value.Enumerate().Select(double.CreateTruncating)));
    }

    private static string OutputsOf(Model loaded) => loaded.Targets switch
    {
        TargetKind.Numbers => loaded.Classes == 1 ? "1 number" : string.Create(CultureInfo.InvariantCulture, $"{loaded.Classes} numbers"),
        TargetKind.BinaryLabels => "the probability of the second of 2 classes",
        _ => string.Create(CultureInfo.InvariantCulture, $"{loaded.Classes} classes"),
    };

    private static void ShowInfo(Model loaded, string type, bool isStandardized, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{loaded.Features} features of {type}{(isStandardized ? ", standardized" : "")}, {OutputsOf(loaded)}"));
        if (TableModel.EncoderOf(loaded) is { } encoder)
        {
            output.WriteLine($"trained on a table; the target is {Clean(string.Join(", ", encoder.Schema.Targets))}, the task is {encoder.Schema.Task.ToString().ToLowerInvariant()}; columns are found by name:");
            foreach (string line in TableText.Lines(encoder))
                output.WriteLine(line);
        }

        if (loaded.Info.ImageSize is { } size)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"images of {size}"));
        if (loaded.Info.ClassNames.Count > 0)
            output.WriteLine($"classes: {Clean(string.Join(", ", loaded.Info.ClassNames))}");
        foreach ((string key, string value) in loaded.Info.Settings)
            output.WriteLine($"{Clean(key)}: {Clean(value)}");
    }

    /// <summary>A file's text may hold anything; a terminal obeys control characters.</summary>
    private static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}"));
}
