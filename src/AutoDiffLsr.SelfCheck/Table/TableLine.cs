using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>One line of the table of all that the engine can differentiate.</summary>
/// <param name="Kind">An operation, a loss or a layer.</param>
/// <param name="Name">What the tool calls it.</param>
/// <param name="Covers">The public members that it stands for, as <see cref="PublicSurface"/> writes them.</param>
/// <param name="Cases">Draws a case.</param>
/// <param name="Options">How it is checked.</param>
internal sealed record TableLine(LineKind Kind, string Name, IReadOnlyList<string> Covers, Gen<GradientCase> Cases, CheckOptions Options);
