using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Training;

/// <summary>A training as the user asked for it.</summary>
internal sealed record TrainSettings(
    DataSettings Data, ModelSettings Model, LossSettings Loss, OptimizerSettings Optimizer, TrainingSettings Training);
