using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Keeping a training safe, and going on with it.</summary>
internal sealed class CheckpointOptions : IOptionGroup
{
    private readonly Option<int?> every = NumberOption.OptionalWhole(
        "--checkpoint-every", "Write a checkpoint into the output folder after each N batches, and on Ctrl-C.", Interval.Closed(1, int.MaxValue));

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on from the checkpoint in --output DIR with its settings, to the same bits as if nothing had happened; more --epochs may be asked for. Begin where there is none yet.",
    };

    /// <inheritdoc/>
    public string Title => "Keeping it safe";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [every, resume];

    /// <summary>What the arguments ask for.</summary>
    public CheckpointSettings Read(ParseResult result) => new(result.GetValue(every), result.GetValue(resume));
}
