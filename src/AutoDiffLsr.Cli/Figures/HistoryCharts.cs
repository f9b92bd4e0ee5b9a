using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>How a training went, epoch by epoch.</summary>
internal static class HistoryCharts
{
    /// <summary>The charts of a training.</summary>
    /// <param name="history">Its epochs.</param>
    /// <param name="isRegression">Whether the score is an error and not a share.</param>
    /// <param name="part">What the training was watched with.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<EpochRecord> history, bool isRegression, string part)
    {
        double[] epochs = [.. history.Select(row => (double)row.Epoch)];
        return
        [
            Create("Loss", "loss", [Line("training", row => row.TrainLoss), Line(part, row => row.ValidationLoss)]),
            isRegression
                ? Create("Error", "root mean squared error", [Line("training", row => row.TrainScore), Line(part, row => row.ValidationScore)])
                : Create("Accuracy", "right, %", [Line("training", row => 100 * row.TrainScore), Line(part, row => 100 * row.ValidationScore)]),
            Create("Learning rate", "learning rate", [Line("learning rate", row => row.LearningRate)]),
        ];

        ChartSeries Line(string name, Func<EpochRecord, double?> value) => new(name, epochs, [.. history.Select(row => value(row) ?? double.NaN)]) { HasMarkers = epochs.Length <= 20 };

        Chart Create(string title, string axis, ChartSeries[] series) =>
            new(title, new ChartAxis("epoch"), new ChartAxis(axis), [.. series.Where(line => line.Y.Any(double.IsFinite))]);
    }
}
