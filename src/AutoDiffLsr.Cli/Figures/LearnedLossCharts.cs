using System.Globalization;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>Learned losses beside the usual ones.</summary>
internal static class LearnedLossCharts
{
    private const int Places = 201;

    private static readonly LearnedLoss SquaredError = new SymbolicLoss(Expression.Parse("(y - f)^2"));
    private static readonly LearnedLoss CrossEntropy = new SymbolicLoss(Expression.Parse("-(y*log(f))"));

    /// <summary>A loss and its derivative beside the usual one: by the probability for target 1 and 0, or by the residual for three targets.</summary>
    public static IEnumerable<Chart> Curves(LearnedLoss loss, bool isClassification) => isClassification ? OfClasses(loss) : OfNumbers(loss);

    private static IEnumerable<Chart> OfClasses(LearnedLoss loss)
    {
        double[] probabilities = [.. Enumerable.Range(0, Places).Select(i => 0.01 + (0.98 * i / (Places - 1)))];
        ChartAxis axis = new("predicted probability") { Minimum = 0, Maximum = 1 };
        foreach (double target in new[] { 1.0, 0.0 })
        {
            string of = target == 1 ? "the label's class" : "another class";
            (double[] values, double[] slopes) = loss.Curve(target, probabilities);
            (double[] usual, double[] usualSlopes) = CrossEntropy.Curve(target, probabilities);
            yield return Pair($"Loss of {of}", axis, "loss", probabilities, values, usual, "cross-entropy");
            yield return Pair($"Derivative for {of}", axis, "derivative by f", probabilities, slopes, usualSlopes, "cross-entropy");
        }
    }

    private static IEnumerable<Chart> OfNumbers(LearnedLoss loss)
    {
        double[] residuals = [.. Enumerable.Range(0, Places).Select(i => -3 + (6.0 * i / (Places - 1)))];
        ChartAxis axis = new("residual, f - y");
        double[] targets = [-1, 0, 1];
        var curves = targets.Select(target => loss.Curve(target, [.. residuals.Select(residual => target + residual)])).ToArray();
        (double[] usual, double[] usualSlopes) = SquaredError.Curve(0, residuals);
        yield return new Chart("Loss", axis, new ChartAxis("loss"), [.. Lines(curve => curve.Values), new ChartSeries("squared error", residuals, usual) { IsDashed = true }]);
        yield return new Chart("Derivative", axis, new ChartAxis("derivative by f"), [.. Lines(curve => curve.Slopes), new ChartSeries("squared error", residuals, usualSlopes) { IsDashed = true }]);

        IEnumerable<ChartSeries> Lines(Func<(double[] Values, double[] Slopes), double[]> part) =>
            targets.Select((target, i) => new ChartSeries(string.Create(CultureInfo.InvariantCulture, $"y = {target}"), residuals, part(curves[i])));
    }

    private static Chart Pair(string title, ChartAxis axis, string unit, double[] x, double[] learned, double[] usual, string name) =>
        new(title, axis, new ChartAxis(unit), [new ChartSeries("learned", x, learned), new ChartSeries(name, x, usual) { IsDashed = true }]);
}
