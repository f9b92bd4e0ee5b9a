using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>--config FILE: options from a file, such as the config.json that every run leaves.</summary>
internal sealed class ConfigOption : Option<string?>, IPathOption
{
    public const string OptionName = "--config";

    public ConfigOption()
        : base(OptionName)
    {
        Description = "Options from a file, such as the config.json that a run left; what is given on the command line goes before it.";
        HelpName = "FILE.json";
    }

    /// <inheritdoc/>
    public PathUse Use => PathUse.Input;
}
