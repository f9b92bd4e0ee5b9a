using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>How long to train, and on what.</summary>
internal sealed class TrainingOptions : IOptionGroup
{
    private readonly Option<int?> batchSize = NumberOption.OptionalWhole(
        "--batch-size", "Samples in a batch (default: by the size of the data, 16 to 64).", Interval.Closed(1, int.MaxValue));

    private readonly Option<int?> epochs = NumberOption.OptionalWhole(
        "--epochs", "Passes over the training data (default: by its size, 10 to 100).", Interval.Closed(1, 1_000_000));

    private readonly Option<long> seed = NumberOption.Seed("--seed", "All that is random is a function of this number.", 1);

    private readonly Option<int?> threads = NumberOption.OptionalWhole(
        "--threads", "The most threads to use (default: all); the result is the same bit by bit.", Interval.Closed(1, 1024));

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [batchSize, epochs, seed, threads];

    /// <summary>What the arguments ask for.</summary>
    public TrainingSettings Read(ParseResult result) => new(
        result.GetValue(batchSize), result.GetValue(epochs), result.GetRequiredValue(seed), result.GetValue(threads));
}
