using AutoDiffLsr.Experiments.Search.Losses;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>A loss that a search proposes.</summary>
/// <param name="Key">What names it: candidates of equal keys are the same candidate.</param>
/// <param name="Loss">The loss before local search.</param>
/// <param name="Learns">Whether local search changes its weights.</param>
/// <param name="FromOnes">Whether its weights start near 1, and not as they are.</param>
internal sealed record Candidate(string Key, LearnedLoss Loss, bool Learns, bool FromOnes);
