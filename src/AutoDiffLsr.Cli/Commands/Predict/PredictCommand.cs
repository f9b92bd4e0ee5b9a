using System.CommandLine;
using System.Numerics;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Cli.Commands.Predict;

/// <summary>Classifies samples. Rows come out as they come in, so that data may be larger than memory, or a pipe.</summary>
internal sealed class PredictCommand : ToolCommand
{
    private readonly ModelFileOption model = new();

    private readonly InputOption<string> data = new("--data")
    {
        Description = "What to predict: a table such as a CSV file, - for one on standard input, or a folder with IDX files, whose test images are taken.",
        HelpName = "FILE|DIR|-",
        Required = true,
    };

    private readonly Option<string?> labelColumn = new("--label-column")
    {
        Description = "For a model that was not trained on a table: a column that is no feature and is left out, by its name or its index, 0 for the first, -1 for the last.",
        HelpName = "NAME|INDEX",
    };

    private readonly Option<bool> probabilities = new("--probabilities") { Description = "Also write the probability of every class." };

    private readonly TableFileOptions file = new();

    private readonly OutputFileOption output = new("--output", "A file for the CSV (default: standard output).");

    private readonly ForceOption force = new();

    public PredictCommand(CommandContext context)
        : base(context, "predict", "Predicts with a trained model, as CSV: label, class and probability, or numbers.")
    {
        Add(model);
        Add(data);
        Add(labelColumn);
        Add(probabilities);
        Add(output);
        Add(force);
        AddGroups(file);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr predict --model run/model.safetensors --data new.csv",
        "autodiff-lsr predict --model run/model.safetensors --data - --probabilities --output predictions.csv",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        Model loaded = ModelFiles.Load(arguments.GetRequiredValue(model));
        if (arguments.GetValue(output) is not { } path)
            return Run(loaded, arguments, Context.Terminal.Output);
        OutputFile.Write(path, WriteTo);
        return ExitCode.Done;

        void WriteTo(Stream stream)
        {
            using StreamWriter target = new(stream, leaveOpen: true);
            Run(loaded, arguments, target);
        }
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
        new TableRows<T>(loaded, Context.Terminal).ForEach(arguments.GetRequiredValue(data), arguments.GetValue(labelColumn), file.Read(arguments), writer.Add);
        writer.Finish();
        return ExitCode.Done;
    }
}
