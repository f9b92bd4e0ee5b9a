using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Options;

/// <summary>How long to train, and on what.</summary>
/// <param name="BatchSize">Samples in a batch, or null for what fits the data.</param>
/// <param name="Epochs">Passes over the training data, or null for what fits the data.</param>
/// <param name="Steps">Batches to train on, or null: then the epochs decide.</param>
/// <param name="Augment">Whether images are changed at random in training.</param>
/// <param name="Seed">All that is random is a function of this number.</param>
/// <param name="Threads">The most threads to use, or null for all.</param>
internal sealed record TrainingSettings(int? BatchSize, int? Epochs, int? Steps, bool Augment, long Seed, int? Threads)
{
    /// <summary>About 1/500 of the data, as a power of 2 in 16..64: enough steps an epoch on small data, larger products on large.</summary>
    public int BatchSizeFor(int samples) =>
        BatchSize ?? TableRecipe.BatchSizeFor(samples);

    /// <summary>As many as the steps need, or enough epochs for 200,000 samples, clamped to 10..100.</summary>
    public int EpochsFor(int samples, int batches) => Epochs ?? ((Steps - 1) / batches) + 1 ?? TableRecipe.EpochsFor(samples);
}
