namespace AutoDiffLsr.Cli.Options;

/// <summary>--json FILE|-: where the result goes as JSON.</summary>
internal sealed class JsonOption : OutputFileOption
{
    public const string StandardOutput = "-";

    public JsonOption()
        : base("--json", "Write the result as JSON to a file, or with - to standard output, which then has nothing else.") => HelpName = "FILE|-";
}
