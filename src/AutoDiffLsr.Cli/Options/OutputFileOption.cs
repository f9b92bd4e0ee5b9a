using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>An option that names a file to write.</summary>
internal class OutputFileOption : Option<string?>, IPathOption
{
    public OutputFileOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "FILE";
    }

    /// <inheritdoc/>
    public PathUse Use => PathUse.OutputFile;
}
