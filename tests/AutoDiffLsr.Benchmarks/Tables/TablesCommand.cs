using System.Globalization;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Benchmarks.Tables;

/// <summary>
/// The command <c>tables FOLDER [SEEDS]</c>: what the defaults come to on each table of a folder, beside a linear model, the baseline and scikit-learn's
/// MLPClassifier and MLPRegressor with their defaults, on the same encoded rows.
/// </summary>
internal static class TablesCommand
{
    // Tables whose target is neither named like one nor the last column, and a column that tells it.
    private static readonly Dictionary<string, (string Target, string[] Ignore)> Known = new()
    {
        ["auto-mpg"] = ("mpg", []),
        ["cnae9-170-rows"] = ("0", []),
        ["titanic"] = ("survived", ["alive"]),
    };

    public static int Run(string[] arguments)
    {
        if (arguments.Length is 0 or > 2 || !Directory.Exists(arguments[0]) || (arguments.Length == 2 && !int.TryParse(arguments[1], out _)))
        {
            Console.Error.WriteLine("tables FOLDER [SEEDS]: give a folder of tables, and how many seeds (8).");
            return 2;
        }

        int seeds = arguments.Length == 2 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 8;
        using ScikitProcess scikit = new();
        Console.WriteLine($"{seeds} seeds, a fifth held back; accuracy in %, for numbers R2 in %. {scikit.Versions}");
        Console.WriteLine("| table | rows | features | majority or mean | linear model | ours | scikit-learn MLP | scikit-learn linear | most taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        List<double[]> all = [];
        foreach (string file in Directory.GetFiles(arguments[0]).Order(StringComparer.Ordinal))
            all.Add(Row(file, seeds, scikit));
        double[] means = [.. Enumerable.Range(0, 5).Select(i => all.Average(row => row[i]))];
        Console.WriteLine($"| mean | | | {string.Join(" | ", means.Select(Percent))} | |");
        return 0;
    }

    private static double[] Row(string file, int seeds, ScikitProcess scikit)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        (string? target, string[] ignore) = Known.TryGetValue(name, out (string Target, string[] Ignore) known) ? known : (null, Array.Empty<string>());
        Table table = Table.Read(file);
        double[] sums = new double[5];
        Dictionary<string, int> taken = [];
        int features = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            TableData<float> data = TableData<float>.Prepare(table, new() { Target = target is null ? [] : [target], Ignore = ignore }, new() { Seed = seed });
            features = data.Train.Features;
            bool isRegression = data.Train.Targets.Kind == TargetKind.Numbers;
            Loss loss = isRegression ? new MeanSquaredError() : new SparseLabelSmoothing(0.1), linearLoss = isRegression ? new MeanSquaredError() : new CrossEntropy();
            TableRecipe best = RecipeSearch.Run(data.Train, loss, seed)[0].Recipe;
            taken[best.ToString()] = taken.GetValueOrDefault(best.ToString()) + 1;
            (double mlp, double linear) = scikit.Score(data.Train, data.Test!, seed);
            double[] scores = [BaselineScore(data), Score(TableRecipe.Linear.Train(data.Train, linearLoss, seed), data), Score(best.Train(data.Train, loss, seed), data), mlp, linear];
            for (int i = 0; i < sums.Length; i++)
                sums[i] += scores[i] / seeds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {table.Rows} | {features} | {string.Join(" | ", sums.Select(Percent))} | {taken.MaxBy(pair => pair.Value).Key} |"));
        return sums;
    }

    private static double Score(Sequential<float> net, TableData<float> data)
    {
        Evaluation evaluation = new Evaluator<float>(net).Evaluate(data.Test!);
        return evaluation.Kind == TargetKind.Numbers ? evaluation.RSquared : evaluation.Accuracy;
    }

    /// <summary>The mean explains nothing of a number.</summary>
    private static double BaselineScore(TableData<float> data) => Baseline.Of(data.Train, data.Test!, data.Encoder.TargetScales).Accuracy ?? 0;

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);
}
