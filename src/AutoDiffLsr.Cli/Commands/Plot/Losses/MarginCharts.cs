using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Commands.Plot.Losses;

/// <summary>Loss and gradient against the margin, exactly and as published programs compute them; and what SparseLSR drops of LSR.</summary>
internal static class MarginCharts
{
    private const int Classes = 10;
    private const double Smoothing = 0.1;

    private static readonly double[] Margins = [.. Enumerable.Range(0, 301).Select(i => -20 + (0.2 * i))];
    private static readonly double[] Spreads = [.. Enumerable.Range(0, 101).Select(i => 0.1 * i)];

    /// <summary>The charts under the names of their files.</summary>
    public static IEnumerable<(string Name, Chart Chart)> All()
    {
        var exact = LossCurve<double>.AgainstMargin(new SparseLabelSmoothing(Smoothing), Classes, Margins);
        var single = LossCurve<float>.AgainstMargin(new SparseLabelSmoothing(Smoothing), Classes, Margins);
        var clamped = LossCurve<float>.AgainstMargin((z, labels) => PublishedArithmetic.SparseLabelSmoothing(z, labels, Smoothing), Classes, Margins);
        var published = LossCurve<float>.AgainstMargin(new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished), Classes, Margins);
        yield return ("margin-loss", new Chart(
            "SparseLSR against the margin, C = 10, ξ = 0.1",
            new ChartAxis("margin d"),
            new ChartAxis("loss") { Minimum = -2, Maximum = 6 },
            [Line("published, sign as is, float32", published.Values), Line("published, sign right, float32", clamped.Values), Line("ours, float32", single.Values), Exact(exact.Values)]));
        yield return ("margin-gradient", new Chart(
            "Gradient by the label's logit, C = 10, ξ = 0.1",
            new ChartAxis("margin d"),
            new ChartAxis("gradient"),
            [Line("published, sign as is, float32", published.TargetGradients), Line("published, sign right, float32", clamped.TargetGradients), Line("ours, float32", single.TargetGradients), Exact(exact.TargetGradients)]));
        yield return ("margin-losses", new Chart("The losses against the margin, C = 10, ξ = 0.1", new ChartAxis("margin d") { Minimum = -6, Maximum = 14 }, new ChartAxis("loss") { Minimum = -1, Maximum = 6 }, AllLosses()));
        yield return ("gap", new Chart(
            "What SparseLSR drops of LSR, ξ = 0.1",
            new ChartAxis("largest less smallest logit of the other classes"),
            new ChartAxis("LSR - SparseLSR = B·KL(u ‖ q)"),
            [.. new[] { 3, 10, 100 }.Select(classes => new ChartSeries($"{classes} classes", Spreads, SmoothingGap.Measure(Smoothing, classes, Spreads).Gaps))]));
    }

    private static ChartSeries[] AllLosses() =>
    [
        .. new ClassificationLoss[]
        {
            new CrossEntropy(),
            new LabelSmoothing(Smoothing),
            new SparseLabelSmoothing(Smoothing),
            AbsoluteCrossEntropy.AlignedWithSmoothing(Smoothing, Classes),
            new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished),
        }.Select(loss => new ChartSeries(Name(loss), Margins, LossCurve<double>.AgainstMargin(loss, Classes, Margins).Values) { IsDashed = loss is SparseLabelSmoothing { Form: SparseLsrForm.Equation } }),
    ];

    private static string Name(ClassificationLoss loss) => loss switch
    {
        LabelSmoothing => "lsr (other logits equal)",
        _ => loss.Name,
    };

    private static ChartSeries Line(string name, IEnumerable<float> values) => new(name, Margins, [.. values.Select(value => (double)value)]);

    private static ChartSeries Exact(IReadOnlyList<double> values) => new("exact, float64", Margins, values) { IsDashed = true, Colour = Palette.Ink };
}
