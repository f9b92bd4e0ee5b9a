using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Mutants;


namespace AutoDiffLsr.SelfCheck;

/// <summary>What a check of the engine found.</summary>
/// <param name="Seed">Where the cases came from.</param>
/// <param name="Rows">One row for each operation, loss, layer, and for programs and nets.</param>
/// <param name="Mutants">What became of the planted errors; null if none were planted.</param>
public sealed record EngineCheckReport(long Seed, IReadOnlyList<CaseStatistics> Rows, IReadOnlyList<MutantVerdict>? Mutants)
{
    /// <summary>Whether no case failed, every planted error was caught, and no right function was refused.</summary>
    public bool Passed => Rows.All(row => row.Failed == 0) && (Mutants is null || Mutants.All(mutant => mutant is { Caught: > 0, FalseAlarms: 0 }));
}
