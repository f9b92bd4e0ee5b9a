using System.CommandLine;
using System.Numerics;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Cli.Commands.Predict;

/// <summary>Classifies samples. Rows come out as they come in, so that data may be larger than memory, or a pipe.</summary>
internal sealed class PredictCommand : ToolCommand
{
    private readonly ModelFileOption model = new();

    private readonly Option<string> data = new("--data")
    {
        Description = "What to classify: a CSV file of features, - for CSV on standard input, or a folder with IDX files, whose test images are taken.",
        HelpName = "FILE.csv|DIR|-",
        Required = true,
    };

    private readonly Option<string?> labelColumn = new("--label-column")
    {
        Description = "A column of the CSV that is no feature and is left out, by its name or its index, 0 for the first, -1 for the last.",
        HelpName = "NAME|INDEX",
    };

    private readonly Option<bool> probabilities = new("--probabilities") { Description = "Also write the probability of every class." };

    private readonly Option<string?> output = new("--output") { Description = "A file for the CSV (default: standard output).", HelpName = "FILE" };

    public PredictCommand(CommandContext context)
        : base(context, "predict", "Classifies samples with a trained model: label, class and probability as CSV.")
    {
        Add(model);
        Add(data);
        Add(labelColumn);
        Add(probabilities);
        Add(output);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        Model loaded = ModelFiles.Load(arguments.GetRequiredValue(model));
        if (arguments.GetValue(output) is not { } path)
            return Run(loaded, arguments, Context.Terminal.Output);
        using StreamWriter file = Create(path);
        return Run(loaded, arguments, file);
    }

    private int Run(Model loaded, ParseResult arguments, TextWriter target) => loaded switch
    {
        Model<double> of => Run(of, arguments, target),
        Model<float> of => Run(of, arguments, target),
        _ => throw new InvalidOperationException($"There are no models of {loaded.GetType()}."),
    };

    private int Run<T>(Model<T> loaded, ParseResult arguments, TextWriter target)
        where T : struct, IFloatingPointIeee754<T>
    {
        PredictionWriter<T> writer = new(loaded, target, arguments.GetValue(probabilities));
        new SampleStream<T>(loaded, Context.Terminal).ForEach(arguments.GetRequiredValue(data), arguments.GetValue(labelColumn), writer.Add);
        writer.Finish();
        return ExitCode.Done;
    }

    private static StreamWriter Create(string path)
    {
        try
        {
            return new StreamWriter(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--output {path} cannot be written ({error.Message}): give a file in a folder that exists", error);
        }
    }
}
