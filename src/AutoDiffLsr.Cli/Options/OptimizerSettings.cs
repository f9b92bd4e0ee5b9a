using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Optimizers;

namespace AutoDiffLsr.Cli.Options;

/// <summary>An optimizer as the user asked for it.</summary>
/// <param name="Kind">The update rule.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="LearningRate">How far a step goes at first.</param>
/// <param name="Momentum">The share of the last step that goes on; β1 of Adam and AdamW.</param>
/// <param name="WeightDecay">What pulls the weights to 0.</param>
/// <param name="Schedule">How the learning rate changes.</param>
/// <param name="ScheduleName">What the user calls that.</param>
internal sealed record OptimizerSettings(
    OptimizerKind Kind, string Name, double LearningRate, double Momentum, double WeightDecay, ScheduleKind Schedule, string ScheduleName)
{
    private const double StepFactor = 0.1;

    public Optimizer<float> Create(IReadOnlyList<Parameter<float>> parameters) => Kind switch
    {
        OptimizerKind.Sgd => new Sgd<float>(parameters, LearningRate, Momentum, weightDecay: WeightDecay),
        OptimizerKind.Adam => new Adam<float>(parameters, LearningRate, beta1: Momentum, weightDecay: WeightDecay),
        OptimizerKind.AdamW => new AdamW<float>(parameters, LearningRate, beta1: Momentum, weightDecay: WeightDecay),
        _ => new RmsProp<float>(parameters, LearningRate, momentum: Momentum, weightDecay: WeightDecay),
    };

    /// <summary>The schedule over so many epochs; steps are at the half and at three quarters of them.</summary>
    public Schedule CreateSchedule(int epochs) => Schedule switch
    {
        ScheduleKind.Constant => Optimizers.Schedule.Constant,
        ScheduleKind.Steps => Optimizers.Schedule.MultiStep(StepFactor, 0.5 * epochs, 0.75 * epochs),
        _ => Optimizers.Schedule.Cosine(epochs),
    };
}
