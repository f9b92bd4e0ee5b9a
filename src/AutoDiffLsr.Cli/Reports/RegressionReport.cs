using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>What a report says of a regression, in the targets' own units.</summary>
internal static class RegressionReport
{
    private const int Ranges = 8;
    private const int MostPoints = 2000;

    public static void AddResults(Page page, TrainMetrics metrics)
    {
        List<IReadOnlyList<string>> rows =
        [
            ["root mean squared error", Number(metrics.Test?.Rmse), Number(metrics.Train.Rmse)],
            ["mean absolute error", Number(metrics.Test?.Mae), Number(metrics.Train.Mae)],
            ["R\u00B2", Number(metrics.Test?.R2), Number(metrics.Train.R2)],
            ["loss, of targets of deviation 1", Number(metrics.Test?.Loss), Number(metrics.Train.Loss)],
        ];
        foreach (TargetScores each in metrics.Test?.Targets ?? [])
            rows.Add([$"{each.Name}: root mean squared error (R\u00B2)", $"{Number(each.Rmse)} ({Number(each.R2)})", ""]);
        page.Heading("Result").Table(["", "test", "training"], rows);
    }

    public static void AddPredictions(Page page, TrainingRun run, Dataset<float> test)
    {
        Sequential<float> model = TargetUnits.Fold(run.Model, run.Data.Scales);
        Matrix<float> predicted = Predict(model, test);
        ReadOnlySpan<float> actual = TargetUnits.Restore(test, run.Data.Scales).Targets.Values;
        for (int target = 0; target < run.Data.Scales.Count; target++)
        {
            double[] truth = new double[test.Count], guess = new double[test.Count];
            for (int row = 0; row < truth.Length; row++)
                (truth[row], guess[row]) = (actual[(row * run.Data.Scales.Count) + target], predicted[row, target]);
            page.Heading($"Predictions of {run.Data.Scales[target].Name} on the test part").Charts(Charts(truth, guess, run.Data.Scales[target].Name));
        }
    }

    /// <summary>The outputs of the model on all samples.</summary>
    private static Matrix<float> Predict(Sequential<float> model, Dataset<float> test)
    {
        Model<float> predictor = new(model, null, new() { Targets = TargetKind.Numbers });
        float[] outputs = new float[test.Count * predictor.Classes];
        predictor.Outputs(test.Samples, outputs);
        return Matrix<float>.Build.DenseOfRowMajor(test.Count, predictor.Classes, outputs);
    }

    private static IReadOnlyList<Chart> Charts(double[] truth, double[] guess, string name)
    {
        int step = ((truth.Length - 1) / MostPoints) + 1;
        int[] shown = [.. Enumerable.Range(0, truth.Length).Where(i => i % step == 0)];
        double[] x = [.. shown.Select(i => truth[i])], y = [.. shown.Select(i => guess[i])], residuals = [.. shown.Select(i => guess[i] - truth[i])];
        double low = Math.Min(truth.Min(), guess.Min()), high = Math.Max(truth.Max(), guess.Max());
        return
        [
            new Chart("Predicted against actual", new ChartAxis($"actual {name}"), new ChartAxis($"predicted {name}"),
                [new ChartSeries("perfect", [low, high], [low, high]) { IsDashed = true, Colour = Palette.Ink }, new ChartSeries("samples", x, y) { Kind = SeriesKind.Points }]),
            new Chart("Residuals", new ChartAxis($"predicted {name}"), new ChartAxis("predicted less actual"),
                [new ChartSeries("none", [y.Min(), y.Max()], [0, 0]) { IsDashed = true, Colour = Palette.Ink }, new ChartSeries("samples", y, residuals) { Kind = SeriesKind.Points }]),
            ByRange(truth, guess, name),
        ];
    }

    /// <summary>The mean size of the error in ranges of the actual target that have as many samples each.</summary>
    private static Chart ByRange(double[] truth, double[] guess, string name)
    {
        int[] order = [.. Enumerable.Range(0, truth.Length).OrderBy(i => truth[i])];
        int ranges = Math.Clamp(truth.Length / 5, 1, Ranges);
        double[] middles = new double[ranges], errors = new double[ranges];
        for (int range = 0; range < ranges; range++)
        {
            int[] members = order[(range * order.Length / ranges)..((range + 1) * order.Length / ranges)];
            (middles[range], errors[range]) = (members.Average(i => truth[i]), members.Average(i => Math.Abs(guess[i] - truth[i])));
        }

        return new Chart("Error by range", new ChartAxis($"actual {name}, mean of a range"), new ChartAxis("mean absolute error") { Minimum = 0 }, [new ChartSeries("error", middles, errors) { HasMarkers = true }]);
    }

    private static string Number(double? value) => value is null ? "" : value.Value.ToString("G5", CultureInfo.InvariantCulture);
}
