using System.CommandLine;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Options;

/// <summary>How long to train, and on what.</summary>
internal sealed class TrainingOptions : IOptionGroup
{
    private readonly Option<int?> batchSize = NumberOption.OptionalWhole(
        "--batch-size", "Samples in a batch (default: by the size of the data, 16 to 64).", Interval.Closed(1, int.MaxValue));

    private readonly Option<int?> epochs = NumberOption.OptionalWhole(
        "--epochs", "Passes over the training data (default: by its size, 10 to 100).", Interval.Closed(1, 1_000_000));

    private readonly Option<int?> steps = NumberOption.OptionalWhole(
        "--steps", "Batches to train on, in place of --epochs; rounded up to whole epochs.", Interval.Closed(1, int.MaxValue));

    private readonly Option<bool> augment = new("--augment")
    {
        Description = "For images: move each by up to an eighth of its size in training, and mirror every other one if it is in colour.",
    };

    private readonly Option<long> seed = NumberOption.Seed("--seed", "All that is random is a function of this number.", 1);

    private readonly Option<int?> threads = NumberOption.OptionalWhole(
        "--threads", "The most threads to use (default: all); the result is the same bit by bit.", Interval.Closed(1, 1024));

    /// <inheritdoc/>
    public string Title => "Training";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [batchSize, epochs, steps, augment, seed, threads];

    /// <summary>What the arguments ask for.</summary>
    public TrainingSettings Read(ParseResult result)
    {
        if (result.GetValue(steps) is not null && result.GetValue(epochs) is not null)
            throw new UsageException("--epochs and --steps say the same in two ways: give one of them");
        return new(result.GetValue(batchSize), result.GetValue(epochs), result.GetValue(steps), result.GetValue(augment), result.GetRequiredValue(seed), result.GetValue(threads));
    }
}
