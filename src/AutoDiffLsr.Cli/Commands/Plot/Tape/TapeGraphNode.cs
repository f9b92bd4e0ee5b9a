namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>A box of the picture.</summary>
/// <param name="Id">Its name in DOT and Mermaid: n0, n1, ... in the order of the tape, c0, c1, ... for constants.</param>
/// <param name="Title">The operation and the shape.</param>
/// <param name="Value">A line for each row of its value.</param>
/// <param name="Gradient">A line for each row of the loss's gradient by it; nothing for a constant.</param>
/// <param name="Inputs">The ids of what it was computed from.</param>
/// <param name="Kind">What it is.</param>
internal sealed record TapeGraphNode(
    string Id, string Title, IReadOnlyList<string> Value, IReadOnlyList<string> Gradient, IReadOnlyList<string> Inputs, TapeGraphNodeKind Kind);
