using System.CommandLine;
using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;

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

    private static void ShowInfo(Model loaded, string type, bool isStandardized, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{loaded.Features} features of {type}{(isStandardized ? ", standardized" : "")}, {loaded.Classes} classes"));
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
