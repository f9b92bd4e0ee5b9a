using System.CommandLine;
using System.Numerics;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Commands.Loss;

/// <summary>Value and gradient of a loss for given logits, so that another implementation can be checked against this one.</summary>
internal sealed class LossCommand : ToolCommand
{
    private readonly LossOptions loss = new();

    private readonly InputOption<string> logits = new("--logits")
    {
        Description = "The logits: a CSV file without a header, a row a sample and a column a class; - is standard input.",
        HelpName = "FILE|-",
        Required = true,
    };

    private readonly InputOption<string> labels = new("--labels")
    {
        Description = "The class of each row, counted from 0: a list as 0,2,1, or a file of them.",
        HelpName = "FILE|0,2,1",
        Required = true,
    };

    private readonly ChoiceOption<Reduction> reduction = new(
        "--reduction",
        "What becomes of the losses of the rows; with none, the gradient is that of each row's own loss.",
        "mean",
        ("mean", Reduction.Mean),
        ("sum", Reduction.Sum),
        ("none", Reduction.None));

    private readonly ChoiceOption<bool> precision = new("--precision", "What is computed in.", "double", ("double", false), ("single", true));

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public LossCommand(CommandContext context)
        : base(context, "loss", "Computes a loss and its gradient for given logits and labels.")
    {
        AddGroups(loss);
        Add(logits);
        Add(labels);
        Add(reduction);
        Add(precision);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr loss --logits logits.csv --labels 0,2,1",
        "autodiff-lsr loss --loss ace --smoothing 0.1 --logits - --labels labels.txt --reduction none",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments) => precision.Read(arguments) ? Run<float>(arguments) : Run<double>(arguments);

    private int Run<T>(ParseResult arguments)
        where T : struct, IFloatingPointIeee754<T>
    {
        LossSettings settings = loss.Read(arguments);
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        LossInput<T> input = LossInput<T>.Read(arguments.GetRequiredValue(logits), arguments.GetRequiredValue(labels), Context.Terminal);
        foreach (string note in loss.Unused(arguments, settings))
            new Messages(Context.Terminal, target.IsStandardOutput, isQuiet: false).Note(note);
        LossAndGradient<T> result = LossAndGradient<T>.Compute(input, settings.Create(input.Logits.ColumnCount, reduction.Read(arguments)));
        target.Write(result.WriteJson);
        if (!target.IsStandardOutput)
            result.WriteText(Context.Terminal.Output);
        return ExitCode.Done;
    }
}
