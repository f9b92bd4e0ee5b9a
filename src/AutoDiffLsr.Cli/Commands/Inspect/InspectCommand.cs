using System.CommandLine;
using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Commands.Inspect;

/// <summary>Shows what is in a model file.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly ModelFileOption model = new();

    public InspectCommand(CommandContext context)
        : base(context, "inspect", "Shows a model's layers, settings and weights.") => Add(model);

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        TextWriter output = Context.Terminal.Output;
        Model loaded = ModelFiles.Load(arguments.GetRequiredValue(model));
        if (loaded is Model<double> of)
            Show(of, output);
        else
            Show((Model<float>)loaded, output);
        return ExitCode.Done;
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
