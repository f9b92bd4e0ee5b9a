namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>What a box of the picture is.</summary>
internal enum TapeGraphNodeKind
{
    Constant,
    Parameter,
    Operation,
}
