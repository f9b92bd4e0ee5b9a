using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>An option that names what is read.</summary>
internal sealed class InputOption<T>(string name) : Option<T>(name), IPathOption
{
    /// <inheritdoc/>
    public PathUse Use => PathUse.Input;
}
