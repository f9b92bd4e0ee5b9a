using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>Whether predictions of a confidence of 80 % are right in 80 % of cases, and how many there are of each.</summary>
internal static class ReliabilityCharts
{
    public static IReadOnlyList<Chart> Of(IReadOnlyList<ReliabilityBin> bins)
    {
        double width = 0.92 / bins.Count;
        double[] middles = [.. bins.Select(bin => (bin.Low + bin.High) / 2)];
        double total = Math.Max(1, bins.Sum(bin => bin.Count));
        ChartAxis confidence = new("confidence of the prediction") { Minimum = 0, Maximum = 1 };
        return
        [
            new Chart("Reliability", confidence, new ChartAxis("share right") { Minimum = 0, Maximum = 1.02 },
            [
                new ChartSeries("share right", middles, [.. bins.Select(bin => bin.Accuracy)]) { Kind = SeriesKind.Bars, BarWidth = width },
                new ChartSeries("mean confidence", [.. bins.Select(bin => bin.MeanConfidence)], [.. bins.Select(bin => bin.Accuracy)]) { Kind = SeriesKind.Points },
                new ChartSeries("perfect", [0, 1], [0, 1]) { IsDashed = true, Colour = Palette.Ink },
            ]),
            new Chart("Confidences", confidence, new ChartAxis("share of samples, %") { Minimum = 0 },
                [new ChartSeries("samples", middles, [.. bins.Select(bin => 100 * bin.Count / total)]) { Kind = SeriesKind.Bars, BarWidth = width, Colour = Palette.Category(2) }]),
        ];
    }
}
