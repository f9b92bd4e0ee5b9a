using System.CommandLine;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Which optimizer, and its numbers.</summary>
internal sealed class OptimizerOptions : IOptionGroup
{
    private readonly ChoiceOption<OptimizerKind> optimizer = new(
        "--optimizer",
        "The update rule.",
        "sgd",
        ("sgd", OptimizerKind.Sgd),
        ("adam", OptimizerKind.Adam),
        ("adamw", OptimizerKind.AdamW),
        ("rmsprop", OptimizerKind.RmsProp));

    private readonly Option<double?> learningRate = NumberOption.OptionalReal(
        "--learning-rate", "How far a step goes at first (default: 0.1 for sgd, 0.003 for adam and adamw, 0.001 for rmsprop).", Interval.Positive);

    private readonly Option<double?> momentum = NumberOption.OptionalReal(
        "--momentum", "The share of the last step that goes on; for adam and adamw their beta1 (default: 0.9, and 0 for rmsprop).", Interval.FromUpTo(0, 1));

    private readonly Option<bool> nesterov = new("--nesterov") { Description = "For sgd: look ahead along the momentum." };

    private readonly Option<double?> weightDecay = NumberOption.OptionalReal(
        "--weight-decay", "What pulls the weights to 0 (default: 0, and 0.01 for adamw).", Interval.NotNegative);

    private readonly ChoiceOption<ScheduleKind> schedule = new(
        "--schedule",
        "How the learning rate changes: not at all, a tenth at each milestone (by default at 1/2 and at 3/4 of the epochs), or down to 0 along a cosine.",
        "cosine",
        ("constant", ScheduleKind.Constant),
        ("steps", ScheduleKind.Steps),
        ("cosine", ScheduleKind.Cosine));

    private readonly Option<IReadOnlyList<double>> milestones = NumberListOption.Reals(
        "--milestones", "For the schedule steps: after which steps the learning rate becomes a tenth", Interval.Closed(1, int.MaxValue), []);

    /// <inheritdoc/>
    public string Title => "Optimizer";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [optimizer, learningRate, momentum, nesterov, weightDecay, schedule, milestones];

    /// <summary>The optimizer that the arguments ask for.</summary>
    public OptimizerSettings Read(ParseResult result)
    {
        OptimizerKind kind = optimizer.Read(result);
        if (result.GetValue(nesterov) && (kind != OptimizerKind.Sgd || result.GetValue(momentum) == 0))
            throw new UsageException("--nesterov is for --optimizer sgd with a momentum above 0");
        if (result.GetValue(milestones) is { Count: > 0 } && schedule.Read(result) != ScheduleKind.Steps)
            throw new UsageException("--milestones is for --schedule steps");
        return new OptimizerSettings(
            kind,
            result.GetRequiredValue(optimizer),
            result.GetValue(learningRate) ?? DefaultLearningRate(kind),
            result.GetValue(momentum) ?? (kind == OptimizerKind.RmsProp ? 0 : 0.9),
            result.GetValue(nesterov),
            result.GetValue(weightDecay) ?? (kind == OptimizerKind.AdamW ? 0.01 : 0),
            schedule.Read(result),
            result.GetRequiredValue(schedule),
            result.GetValue(milestones) ?? [])
        {
            IsGiven = result.GetResult(optimizer) is { Implicit: false } || (result.GetValue(learningRate) ?? result.GetValue(momentum) ?? result.GetValue(weightDecay)) is not null,
        };
    }

    private static double DefaultLearningRate(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Sgd => 0.1,
        OptimizerKind.RmsProp => 0.001,
        _ => 0.003,
    };
}
