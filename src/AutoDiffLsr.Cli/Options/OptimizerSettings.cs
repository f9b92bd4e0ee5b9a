using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Optimizers;

namespace AutoDiffLsr.Cli.Options;

/// <summary>An optimizer as the user asked for it.</summary>
/// <param name="Kind">The update rule.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="LearningRate">How far a step goes at first.</param>
/// <param name="Momentum">The share of the last step that goes on; β1 of Adam and AdamW.</param>
/// <param name="Nesterov">Whether SGD looks ahead along the momentum.</param>
/// <param name="WeightDecay">What pulls the weights to 0.</param>
/// <param name="Schedule">How the learning rate changes.</param>
/// <param name="ScheduleName">What the user calls that.</param>
/// <param name="Milestones">After which steps the learning rate becomes a tenth; none for half and three quarters of the epochs.</param>
internal sealed record OptimizerSettings(
    OptimizerKind Kind, string Name, double LearningRate, double Momentum, bool Nesterov, double WeightDecay, ScheduleKind Schedule, string ScheduleName, IReadOnlyList<double> Milestones)
{
    private const double StepFactor = 0.1;

    /// <summary>Whether the user chose anything of the optimizer, so that no other is tried.</summary>
    public bool IsGiven { get; init; } = true;

    public Optimizer<float> Create(IReadOnlyList<Parameter<float>> parameters) => Kind switch
    {
        OptimizerKind.Sgd => new Sgd<float>(parameters, LearningRate, Momentum, Nesterov, WeightDecay),
        OptimizerKind.Adam => new Adam<float>(parameters, LearningRate, beta1: Momentum, weightDecay: WeightDecay),
        OptimizerKind.AdamW => new AdamW<float>(parameters, LearningRate, beta1: Momentum, weightDecay: WeightDecay),
        _ => new RmsProp<float>(parameters, LearningRate, momentum: Momentum, weightDecay: WeightDecay),
    };

    /// <summary>The schedule over this many epochs of this many batches.</summary>
    public Schedule CreateSchedule(int epochs, int batches) => Schedule switch
    {
        ScheduleKind.Constant => Optimizers.Schedule.Constant,
        ScheduleKind.Steps when Milestones.Count > 0 => Optimizers.Schedule.MultiStep(StepFactor, [.. Milestones.Select(step => step / batches)]),
        ScheduleKind.Steps => Optimizers.Schedule.MultiStep(StepFactor, 0.5 * epochs, 0.75 * epochs),
        _ => Optimizers.Schedule.Cosine(epochs),
    };
}
