using AutoDiffLsr.Checking;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>Of how many inputs each checker caught a planted error.</summary>
/// <param name="Operation">What the error is in.</param>
/// <param name="Inputs">How many inputs were tried.</param>
/// <param name="Caught">Inputs at which this library's checker failed the wrong function.</param>
/// <param name="FalseAlarms">Inputs at which it failed the right one.</param>
/// <param name="By">The checks that failed, by name.</param>
/// <param name="Others">Inputs at which each other checker objected to the wrong function and not to the right one.</param>
/// <param name="OthersFalseAlarms">Inputs at which each other checker objected to the right function.</param>
public sealed record MutantVerdict(
    string Operation,
    string Error,
    int Inputs,
    int Caught,
    int FalseAlarms,
    IReadOnlyList<CheckKind> By,
    IReadOnlyDictionary<string, int> Others,
    IReadOnlyDictionary<string, int> OthersFalseAlarms);
