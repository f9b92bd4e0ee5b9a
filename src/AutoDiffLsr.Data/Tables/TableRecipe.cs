using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>A net and how it is trained. Which suits a table best depends on the table, see <see cref="RecipeSearch"/>.</summary>
/// <param name="Hidden">The widths of the hidden layers; none makes a linear model.</param>
/// <param name="Optimizer">The update rule.</param>
/// <param name="LearningRate">How far a step goes at first; it falls to 0 along a cosine.</param>
/// <param name="WeightDecay">What pulls the weights to 0.</param>
public sealed record TableRecipe(IReadOnlyList<int> Hidden, RecipeOptimizer Optimizer, double LearningRate, double WeightDecay)
{
    private const int SmallestBatch = 16, LargestBatch = 64, FewestEpochs = 10, MostEpochs = 100, SamplesToSee = 200_000;

    /// <summary>A linear model: logistic or linear regression with a little decay.</summary>
    public static TableRecipe Linear { get; } = new([], RecipeOptimizer.AdamW, 0.01, 0.1);

    /// <summary>
    /// The recipes that are tried: a linear model and strong decay for small noisy tables, less decay for larger ones, and a high rate for curved classes of
    /// few features. No single one is good at all of them (docs/experiments.md).
    /// </summary>
    public static IReadOnlyList<TableRecipe> Usual { get; } =
    [
        Linear,
        new([128], RecipeOptimizer.AdamW, 0.003, 1),
        new([128], RecipeOptimizer.AdamW, 0.01, 0.3),
        new([128], RecipeOptimizer.AdamW, 0.01, 0.01),
        new([128], RecipeOptimizer.Sgd, 0.1, 0),
    ];

    /// <summary>About 1/500 of the samples, as a power of 2 in 16..64: enough steps an epoch on small data, larger products on large.</summary>
    /// <param name="samples">N.</param>
    /// <returns>Samples in a batch, at most N.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    public static int BatchSizeFor(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        return Math.Min(samples, Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)samples / 500), SmallestBatch, LargestBatch));
    }

    /// <summary>Enough epochs for 200,000 samples, clamped to 10..100.</summary>
    /// <param name="samples">N.</param>
    /// <returns>The epochs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    public static int EpochsFor(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        return Math.Clamp(SamplesToSee / samples, FewestEpochs, MostEpochs);
    }

    /// <summary>A net with random weights.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="features">The columns that it takes.</param>
    /// <param name="outputs">The columns that it gives.</param>
    /// <param name="seed">The weights are a function of this number.</param>
    /// <returns>Dense layers with ReLUs between them.</returns>
    public Sequential<T> CreateNet<T>(int features, int outputs, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new RandomSource(seed).Fork("weights");
        List<Layer<T>> layers = [];
        int width = features;
        foreach (int hidden in Hidden)
        {
            layers.Add(new Dense<T>(width, hidden, random));
            layers.Add(new Relu<T>());
            width = hidden;
        }

        layers.Add(new Dense<T>(width, outputs, random));
        return new Sequential<T>([.. layers]);
    }

    /// <summary>The update rule of the recipe.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">What it changes.</param>
    /// <returns>The optimizer.</returns>
    public Optimizer<T> CreateOptimizer<T>(IReadOnlyList<Parameter<T>> parameters)
        where T : struct, IFloatingPointIeee754<T> => Optimizer == RecipeOptimizer.Sgd
        ? new Sgd<T>(parameters, LearningRate, momentum: 0.9, weightDecay: WeightDecay)
        : new AdamW<T>(parameters, LearningRate, weightDecay: WeightDecay);

    /// <summary>Trains a net by the recipe.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">The training part.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="seed">Weights and batches are a function of this number.</param>
    /// <param name="epochs">How many epochs; null for what fits the number of samples.</param>
    /// <param name="cancellation">Stops training after the current batch.</param>
    /// <returns>The net.</returns>
    /// <exception cref="TrainingDivergedException">Training diverged.</exception>
    public Sequential<T> Train<T>(Dataset<T> train, Loss loss, long seed, int? epochs = null, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        Sequential<T> net = CreateNet<T>(train.Features, train.Targets.Columns, seed);
        int count = epochs ?? EpochsFor(train.Count);
        Trainer<T> trainer = new(net, loss, CreateOptimizer(net.Parameters)) { Epochs = count, Schedule = Schedule.Cosine(count) };
        trainer.Fit(new Batches<T>(train, BatchSizeFor(train.Count), new RandomSource(seed).Fork("shuffle")), cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return net;
    }

    /// <summary>"hidden 128, adamw, rate 0.003, decay 1".</summary>
    /// <returns>The recipe in words.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Hidden.Count == 0 ? "a linear model" : $"hidden {string.Join(',', Hidden)}")}, {(Optimizer == RecipeOptimizer.Sgd ? "sgd" : "adamw")}, rate {LearningRate}, decay {WeightDecay}");
}
