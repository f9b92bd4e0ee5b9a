using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>What all cells of a search have in common besides the data.</summary>
internal sealed record SearchCellSettings(InnerSettings Inner, long Seed);
