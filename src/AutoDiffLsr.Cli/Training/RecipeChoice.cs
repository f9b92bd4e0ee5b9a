using System.Globalization;
using AutoDiffLsr.Cli.Data;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Output.Progress;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Training;

/// <summary>Chooses width, optimizer, rate and decay for a table by trying a few, where the user left them open.</summary>
internal static class RecipeChoice
{
    /// <summary>Tries the usual recipes on held-back parts of the training data; none where the user chose the optimizer.</summary>
    public static IReadOnlyList<RecipeScore> Try(TrainSettings settings, LoadedData data, Messages messages, CancellationToken cancellation)
    {
        TableRecipe[] recipes = Candidates(settings);
        if (recipes.Length < 2 || data.Train.Count < 12)
            return [];
        IReadOnlyList<RecipeScore> tried = RecipeSearch.Run(data.Train, recipes, settings.Training.Seed, (recipe, part, held, epochs) => Error(settings, recipe, data, part, held, epochs, cancellation), cancellation);
        messages.Line(string.Create(CultureInfo.InvariantCulture, $"tried {tried.Count} settings on held-back parts of the training data ({(data.IsRegression ? "error in deviations of the target" : "nats")}); --learning-rate or --optimizer names one:"));
        foreach (RecipeScore score in tried)
            messages.Line(string.Create(CultureInfo.InvariantCulture, $"  {ErrorText(score, data),8}  {score.Recipe}{(ReferenceEquals(score, tried[0]) ? "  (taken)" : "")}"));
        return tried;
    }

    private static string ErrorText(RecipeScore score, LoadedData data) => double.IsFinite(score.Error)
        ? (data.IsRegression ? Math.Sqrt(score.Error) : score.Error).ToString("F4", CultureInfo.InvariantCulture)
        : "diverged";

    /// <summary>The settings with the best recipe; as they are where none was tried.</summary>
    public static TrainSettings Apply(TrainSettings settings, IReadOnlyList<RecipeScore> tried) => tried.Count == 0 ? settings : Apply(settings, tried[0].Recipe);

    private static TableRecipe[] Candidates(TrainSettings settings)
    {
        if (settings.Optimizer.IsGiven)
            return [];
        return settings.Model.IsGiven
            ? [.. TableRecipe.Usual.Where(recipe => recipe.Hidden.Count > 0 || settings.Model.Hidden.Count == 0).Select(recipe => recipe with { Hidden = settings.Model.Hidden })]
            : [.. TableRecipe.Usual];
    }

    private static TrainSettings Apply(TrainSettings settings, TableRecipe recipe)
    {
        bool isSgd = recipe.Optimizer == RecipeOptimizer.Sgd;
        return settings with
        {
            Model = settings.Model with { Hidden = recipe.Hidden },
            Optimizer = settings.Optimizer with
            {
                Kind = isSgd ? OptimizerKind.Sgd : OptimizerKind.AdamW,
                Name = isSgd ? "sgd" : "adamw",
                LearningRate = recipe.LearningRate,
                WeightDecay = recipe.WeightDecay,
            },
        };
    }

    private static double Error(TrainSettings settings, TableRecipe recipe, LoadedData data, Dataset<float> part, Dataset<float> held, int epochs, CancellationToken cancellation)
    {
        TrainSettings tried = Apply(settings, recipe);
        tried = tried with { Training = tried.Training with { Epochs = Math.Min(epochs, settings.Training.Epochs ?? epochs) } };
        TrainingRun run = new(tried, data with { Train = part, Test = null, Validation = null });
        run.Train(SilentDisplay.Instance, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return RecipeSearch.ErrorOf(run.ModelOfLogits(), held);
    }
}
