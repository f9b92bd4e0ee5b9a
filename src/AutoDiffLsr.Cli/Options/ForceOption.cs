using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>--force: leave to replace what is finished. A command with any output has it.</summary>
internal sealed class ForceOption : Option<bool>
{
    public const string OptionName = "--force";

    public ForceOption()
        : base(OptionName) => Description = "Replace a file, or the files of an earlier run, that is there already.";
}
