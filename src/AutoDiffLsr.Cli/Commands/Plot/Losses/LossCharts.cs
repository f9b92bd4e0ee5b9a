using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Commands.Plot.Losses;

/// <summary>Each loss against the predicted probability, a line for each smoothing.</summary>
internal static class LossCharts
{
    private const int Places = 199;

    private static readonly double[] Probabilities = [.. Enumerable.Range(0, Places).Select(i => 0.01 + (0.98 * i / (Places - 1)))];

    /// <summary>The charts under the names of their files.</summary>
    public static IEnumerable<(string Name, Chart Chart)> Curves(int classes, IReadOnlyList<double> smoothings)
    {
        double[] ce = Values(new CrossEntropy(), classes);
        yield return ("loss-ce", Create("Cross-entropy", [new ChartSeries("label", Probabilities, ce), OtherClass("other class", new double[Places], Palette.Category(0))]));
        yield return ("loss-lsr", Create("Label smoothing (LSR)", LabelSmoothingSeries(ce, classes, smoothings)));
        yield return ("loss-sparse-lsr", Create("Sparse label smoothing (SparseLSR)", Series(smoothings, value => Values(new SparseLabelSmoothing(value), classes))));
        yield return ("loss-ace", Create("ACE with the same optimum", Series(smoothings, value => Values(AbsoluteCrossEntropy.AlignedWithSmoothing(value, classes), classes))));
        yield return ("loss-as-published", Create(
            "SparseLSR with the published sign", Series(smoothings, value => Values(new SparseLabelSmoothing(value, SparseLsrForm.AsPublished), classes))));
    }

    private static Chart Create(string title, IReadOnlyList<ChartSeries> series) =>
        new(title, new ChartAxis("predicted probability") { Minimum = 0, Maximum = 1 }, new ChartAxis("loss"), series);

    private static double[] Values(ClassificationLoss loss, int classes) => [.. LossCurve<double>.AgainstProbability(loss, classes, Probabilities).Values];

    private static List<ChartSeries> Series(IReadOnlyList<double> smoothings, Func<double, double[]> values) =>
        [.. smoothings.Select((smoothing, i) => new ChartSeries(Name(smoothing), Probabilities, values(smoothing)) { Colour = Palette.Step(i, smoothings.Count) })];

    /// <summary>The parts of the sum: the label's is A times cross-entropy, each other class's ξ/C times.</summary>
    private static List<ChartSeries> LabelSmoothingSeries(double[] ce, int classes, IReadOnlyList<double> smoothings) =>
    [
        .. Series(smoothings, smoothing => [.. ce.Select(value => (1 - smoothing + (smoothing / classes)) * value)]),
        .. smoothings.Select((smoothing, i) => OtherClass($"other, {Name(smoothing)}", [.. ce.Select(value => smoothing / classes * value)], Palette.Step(i, smoothings.Count))),
    ];

    private static ChartSeries OtherClass(string name, double[] values, string colour) => new(name, Probabilities, values) { IsDashed = true, Colour = colour };

    private static string Name(double smoothing) => string.Create(CultureInfo.InvariantCulture, $"ξ = {smoothing}");
}
