using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Where results go.</summary>
internal sealed class OutputOptions : IOptionGroup
{
    private readonly OutputFolderOption output = new("A new or empty folder for metrics, history and weights (default: runs/DATE-TIME-DATA-LOSS).");

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    private readonly ConfigOption config = new();

    private readonly Option<bool> quiet = new("--quiet") { Description = "Write nothing but errors, and the JSON where --json sends it." };

    /// <inheritdoc/>
    public string Title => "Output";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [output, json, force, config, quiet];

    /// <summary>What the arguments ask for.</summary>
    public OutputSettings Read(ParseResult result) => new(result.GetValue(output), result.GetValue(json), result.GetValue(quiet)) { MayReplace = result.GetValue(force) };
}
