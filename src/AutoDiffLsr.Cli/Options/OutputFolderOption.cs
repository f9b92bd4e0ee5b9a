using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>--output DIR: a folder for the files of a run.</summary>
internal sealed class OutputFolderOption : Option<string?>, IPathOption
{
    public OutputFolderOption(string description)
        : base("--output")
    {
        Description = description;
        HelpName = "DIR";
    }

    /// <inheritdoc/>
    public PathUse Use => PathUse.OutputFolder;
}
