using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>What all cells of a comparison have in common besides the data.</summary>
internal sealed record ComparisonCellSettings(ModelSettings Model, OptimizerSettings Optimizer, TrainingSettings Training, int? TrainSize);
