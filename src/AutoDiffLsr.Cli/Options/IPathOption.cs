namespace AutoDiffLsr.Cli.Options;

/// <summary>An option whose values are paths. Which of them a command may write is decided in one place, <see cref="Commands.OutputPaths"/>.</summary>
internal interface IPathOption
{
    /// <summary>What the command does with the path.</summary>
    PathUse Use { get; }
}
