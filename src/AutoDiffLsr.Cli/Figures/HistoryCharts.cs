using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>How a training went, epoch by epoch.</summary>
internal static class HistoryCharts
{
    public static IReadOnlyList<Chart> Of(IReadOnlyList<EpochRecord> history)
    {
        double[] epochs = [.. history.Select(row => (double)row.Epoch)];
        return
        [
            Create("Loss", "loss", [Line("training", row => row.TrainLoss), Line("test", row => row.ValidationLoss)]),
            Create("Accuracy", "right, %", [Line("training", row => 100 * row.TrainScore), Line("test", row => 100 * row.ValidationScore)]),
            Create("Learning rate", "learning rate", [Line("learning rate", row => row.LearningRate)]),
        ];

        ChartSeries Line(string name, Func<EpochRecord, double?> value) => new(name, epochs, [.. history.Select(row => value(row) ?? double.NaN)]) { HasMarkers = epochs.Length <= 20 };

        Chart Create(string title, string axis, ChartSeries[] series) =>
            new(title, new ChartAxis("epoch"), new ChartAxis(axis), [.. series.Where(line => line.Y.Any(double.IsFinite))]);
    }
}
