using AutoDiffLsr.Cli.Output;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>What every command is given.</summary>
/// <param name="Terminal">Where it reads and writes.</param>
/// <param name="ArmInterruption">
/// For a command that ends in order on Ctrl-C and then returns <see cref="ExitCode.Interrupted"/>: gives what Ctrl-C cancels from now on.
/// Until it is called, Ctrl-C ends the process.
/// </param>
internal sealed record CommandContext(Terminal Terminal, Func<CancellationToken> ArmInterruption);
