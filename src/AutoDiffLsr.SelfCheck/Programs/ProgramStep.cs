using AutoDiffLsr.Checking.FsCheck;

namespace AutoDiffLsr.SelfCheck.Programs;

/// <summary>One operation of a program. Inputs are places: leaves first, then steps, so every input comes before its use.</summary>
internal sealed record ProgramStep(string Name, FunctionUse Use, IReadOnlyList<Domain> Domains, int[] Inputs);
