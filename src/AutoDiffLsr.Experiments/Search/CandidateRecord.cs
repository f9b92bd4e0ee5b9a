using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;

namespace AutoDiffLsr.Experiments.Search;

/// <summary>A candidate of a search and what became of it.</summary>
/// <param name="Generation">Counted from 1.</param>
/// <param name="Place">Its place in the generation, counted from 1.</param>
/// <param name="Key">What it was proposed as.</param>
/// <param name="Loss">It, with the weights that local search found.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Improvement">What the rejection test measured, or NaN.</param>
/// <param name="Fitness">The validation metric of a net trained with it; infinite where there is none.</param>
public sealed record CandidateRecord(int Generation, int Place, string Key, LearnedLoss Loss, Fate Fate, double Improvement, double Fitness);
