using System.CommandLine;
using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Evaluate;

/// <summary>Says how well a trained model does on labelled data.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private const int BlockRows = 256;

    private readonly ModelFileOption model = new();

    private readonly InputOption<string> data = new("--data")
    {
        Description = "Labelled data: a table such as a CSV file, - for one on standard input, or the test part of a folder with IDX files, of mnist or of a generated set.",
        HelpName = "FILE|DIR|NAME|-",
        Required = true,
    };

    private readonly InputOption<string?> folder = new("--data-dir") { Description = "For mnist: the folder that has its files.", HelpName = "DIR" };

    private readonly Option<string?> labelColumn = new("--label-column")
    {
        Description = "For a table: the column of the labels by its name or its index, 0 for the first, -1 for the last (default: the one that the model was trained on, else the last).",
        HelpName = "NAME|INDEX",
    };

    private readonly Option<long> seed = NumberOption.Seed("--seed", "For a generated set: the seed that it is made with (default: the one in the model).", 1);

    private readonly ChoiceOption<DataPart> part = new(
        "--part",
        "For the table that the model was trained on: the part to take, as training drew it (default: all, with a word on the rows that were trained on).",
        null,
        ("all", DataPart.All),
        ("train", DataPart.Train),
        ("validation", DataPart.Validation),
        ("test", DataPart.Test));

    private readonly TableFileOptions file = new();

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public EvaluateCommand(CommandContext context)
        : base(context, "evaluate", "Says how well a trained model does on labelled data.")
    {
        Add(model);
        Add(data);
        Add(folder);
        Add(labelColumn);
        Add(seed);
        Add(part);
        AddGroups(file);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr evaluate --model run/model.safetensors --data other.csv",
        "autodiff-lsr evaluate --model run/model.safetensors --data iris.csv --part test --json scores.json",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments) => ModelFiles.Load(arguments.GetRequiredValue(model)) switch
    {
        Model<double> of => Run(of, arguments),
        Model<float> of => Run(of, arguments),
        var other => throw new InvalidOperationException($"There are no models of {other.GetType()}."),
    };

    private int Run<T>(Model<T> loaded, ParseResult arguments)
        where T : struct, IFloatingPointIeee754<T>
    {
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        LabelledData source = new(Context.Terminal, new Messages(Context.Terminal, target.IsStandardOutput, isQuiet: false));
        Dataset<T> labelled = source.Load(
            loaded, arguments.GetRequiredValue(data), arguments.GetValue(folder), arguments.GetValue(labelColumn), file.Read(arguments), SeedFor(loaded, arguments), arguments.GetValue(part) is null ? null : part.Read(arguments));
        Evaluation evaluation = Evaluate(loaded, labelled);
        IReadOnlyList<string> classes = loaded.Info.ClassNames.Count > 0
            ? loaded.Info.ClassNames
            : [.. Enumerable.Range(0, Math.Max(2, loaded.Classes)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        EvaluationReport report = new(labelled.Name, evaluation, classes, labelled.Targets.Names, source.SeenInTraining);
        target.Write(report.WriteJson);
        if (!target.IsStandardOutput)
            report.WriteText(Context.Terminal.Output);
        return ExitCode.Done;
    }

    /// <summary>The seed that was given, else the one that the model was trained with.</summary>
    private long SeedFor(Model loaded, ParseResult arguments) =>
        arguments.GetResult(seed) is { Implicit: false } ? arguments.GetRequiredValue(seed)
        : loaded.Info.Settings.TryGetValue("seed", out string? text) && long.TryParse(text, CultureInfo.InvariantCulture, out long stored) ? stored
        : arguments.GetRequiredValue(seed);

    private static Evaluation Evaluate<T>(Model<T> loaded, Dataset<T> labelled)
        where T : struct, IFloatingPointIeee754<T>
    {
        Evaluation evaluation = loaded.Targets == TargetKind.Numbers ? new(TargetKind.Numbers, loaded.Classes) : new(Math.Max(2, loaded.Classes));
        for (int start = 0; start < labelled.Count; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, labelled.Count - start);
            T[] outputs = new T[rows * loaded.Classes];
            loaded.Outputs(labelled.Samples.Slice(start * labelled.Features, rows * labelled.Features), outputs);
            var block = Matrix<T>.Build.DenseOfRowMajor(rows, loaded.Classes, outputs);
            if (loaded.Targets == TargetKind.Numbers)
                evaluation.Add(block, Matrix<T>.Build.DenseOfRowMajor(rows, loaded.Classes, labelled.Targets.Values.Slice(start * loaded.Classes, rows * loaded.Classes).ToArray()));
            else
                evaluation.Add(loaded.EndsInSigmoid ? block.Map(Logit) : block, labelled.Labels.AsSpan(start, rows));
        }

        return evaluation;
    }

    /// <summary>ln(p / (1 - p)): the logit of a probability.</summary>
    private static T Logit<T>(T probability)
        where T : struct, IFloatingPointIeee754<T> => T.Log(probability) - T.LogP1(-probability);
}
