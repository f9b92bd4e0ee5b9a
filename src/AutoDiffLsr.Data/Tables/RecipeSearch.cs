using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>
/// Tries a few recipes on held-back parts of the training data, and takes the one with the smallest error there. Small data are split in three, and each third
/// is held back once; of large data a part is drawn, and a third of it is held back.
/// </summary>
public static class RecipeSearch
{
    private const int Folds = 3;
    private const int MostRowsOfFolds = 2000;
    private const int MostRows = 9000;
    private const int FewestSamplesToSee = 60_000, MostSamplesToSee = 200_000, NumbersToSee = 12_800_000;

    /// <summary>Tries recipes as <see cref="TableRecipe.Train"/> trains them.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">The training part; nothing else is looked at.</param>
    /// <param name="loss">What is made small in training.</param>
    /// <param name="seed">Parts, weights and batches are a function of this number.</param>
    /// <param name="recipes">What is tried; null for <see cref="TableRecipe.Usual"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The scores, the best first.</returns>
    public static IReadOnlyList<RecipeScore> Run<T>(Dataset<T> train, Loss loss, long seed, IReadOnlyList<TableRecipe>? recipes = null, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T> =>
        Run(train, recipes ?? TableRecipe.Usual, seed, (recipe, part, held, epochs) => ErrorOf(recipe.Train(part, loss, seed, epochs, cancellation), held), cancellation);

    /// <summary>Tries settings of any kind.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">The training part.</param>
    /// <param name="recipes">What is tried.</param>
    /// <param name="seed">The parts are a function of this number.</param>
    /// <param name="error">Trains on a part for a number of epochs and gives the error on the part held back.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The scores, the best first; of equals the earlier recipe.</returns>
    public static IReadOnlyList<RecipeScore> Run<T>(
        Dataset<T> train, IReadOnlyList<TableRecipe> recipes, long seed, Func<TableRecipe, Dataset<T>, Dataset<T>, int, double> error, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentNullException.ThrowIfNull(error);
        int[] rows = Stratified(train, seed);
        bool hasFolds = rows.Length <= MostRowsOfFolds;
        rows = hasFolds ? rows : rows[..Math.Min(rows.Length, MostRows)];
        double[] sums = new double[recipes.Count];
        for (int fold = 0; fold < (hasFolds ? Folds : 1); fold++)
        {
            Dataset<T> part = train.Subset(Part(rows, fold, isHeld: false)), held = train.Subset(Part(rows, fold, isHeld: true));
            int epochs = hasFolds ? TableRecipe.EpochsFor(part.Count) : EpochsOfLarge(part);
            for (int i = 0; i < recipes.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                sums[i] += Guarded(() => error(recipes[i], part, held, epochs)) * held.Count;
            }
        }

        int counted = hasFolds ? rows.Length : Part(rows, 0, isHeld: true).Length;
        return [.. recipes.Select((recipe, i) => new RecipeScore(recipe, sums[i] / counted)).OrderBy(score => score.Error)];
    }

    /// <summary>The error of a net on a part: negative log-likelihood of classes, mean squared error of numbers.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <returns>The error.</returns>
    public static double ErrorOf<T>(Layer<T> net, Dataset<T> part)
        where T : struct, IFloatingPointIeee754<T>
    {
        Evaluation evaluation = new Evaluator<T>(net).Evaluate(part);
        return evaluation.Kind == TargetKind.Numbers ? evaluation.RootMeanSquaredError * evaluation.RootMeanSquaredError : evaluation.NegativeLogLikelihood;
    }

    /// <summary>Training that diverges, or a net whose outputs are no numbers, is the worst.</summary>
    private static double Guarded(Func<double> error)
    {
        try
        {
            double value = error();
            return double.IsNaN(value) ? double.PositiveInfinity : value;
        }
        catch (TrainingDivergedException)
        {
            return double.PositiveInfinity;
        }
    }

    /// <summary>All rows in random order, so that every third of them has each class in proportion.</summary>
    private static int[] Stratified<T>(Dataset<T> train, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] rows = [.. Enumerable.Range(0, train.Count)];
        RandomSource random = new RandomSource(seed).Fork("recipes");
        random.Shuffle(rows.AsSpan());
        if (train.Targets.Kind != TargetKind.Labels)
            return rows;

        // Each row by its place within its class, as a share: the first rows of any number then have the classes in proportion.
        int[] counts = new int[train.Classes], seen = new int[train.Classes];
        foreach (int label in train.Labels)
            counts[label]++;
        double[] places = [.. rows.Select(row => (seen[train.Labels[row]]++ + 0.5) / counts[train.Labels[row]])];
        Array.Sort(places, rows);
        return rows;
    }

    /// <summary>As many as training itself has where the features are few, fewer where a sample costs more.</summary>
    private static int EpochsOfLarge<T>(Dataset<T> part)
        where T : struct, IFloatingPointIeee754<T> =>
        Math.Max(3, Math.Clamp(NumbersToSee / part.Features, FewestSamplesToSee, MostSamplesToSee) / part.Count);

    private static int[] Part(int[] rows, int fold, bool isHeld) => [.. rows.Where((_, i) => (i % Folds == fold) == isHeld).Order()];
}
