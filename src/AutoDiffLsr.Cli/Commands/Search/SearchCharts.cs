using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>The charts of a search.</summary>
internal static class SearchCharts
{
    private const int Places = 201;

    /// <summary>Fitness above this is outside of the chart: twice that of a net that always says the mean.</summary>
    private const double WorstNumber = 2;

    private static readonly LearnedLoss SquaredError = new SymbolicLoss(Expression.Parse("(y - f)^2"));
    private static readonly LearnedLoss CrossEntropy = new SymbolicLoss(Expression.Parse("-(y*log(f))"));

    /// <summary>Every candidate as a point, the best so far and the median of each generation as lines.</summary>
    public static Chart Evolution(LossSearch search, IReadOnlyList<GenerationRecord> generations, SearchData data)
    {
        double worst = Worst(data);
        CandidateRecord[] shown = [.. search.Candidates.Where(candidate => candidate.Fitness <= worst && candidate.Fate != Fate.Archived)];
        double[] numbers = [.. generations.Select(generation => (double)generation.Generation)];
        return new Chart(
            "Fitness by generation",
            new ChartAxis("generation"),
            new ChartAxis(data.IsClassification ? "validation error rate" : "validation squared error") { Minimum = 0 },
            [
                new ChartSeries("a loss", [.. shown.Select(candidate => (double)candidate.Generation)], [.. shown.Select(candidate => candidate.Fitness)]) { Kind = SeriesKind.Points },
                new ChartSeries("best so far", numbers, [.. generations.Select(generation => Within(generation.Best?.Fitness ?? double.NaN, worst))]) { HasMarkers = generations.Count < 3 },
                new ChartSeries("median", numbers, [.. generations.Select(generation => Within(generation.MedianFitness, worst))]) { IsDashed = true },
            ]);
    }

    /// <summary>What became of the candidates of each generation.</summary>
    public static Chart Fates(IReadOnlyList<GenerationRecord> generations)
    {
        double[] numbers = [.. generations.Select(generation => (double)generation.Generation)];
        return new Chart(
            "What became of the losses",
            new ChartAxis("generation"),
            new ChartAxis("losses") { Minimum = 0 },
            [
                .. new[] { (Fate.Trained, "trained"), (Fate.Archived, "known before"), (Fate.Rejected, "rejected"), (Fate.Equivalent, "equivalent"), (Fate.Unsuitable, "unsuitable") }
                    .Where(fate => generations.Any(generation => generation.Candidates.Any(candidate => candidate.Fate == fate.Item1)))
                    .Select(fate => new ChartSeries(fate.Item2, numbers, [.. generations.Select(generation => (double)generation.Candidates.Count(candidate => candidate.Fate == fate.Item1))]) { HasMarkers = true }),
            ]);
    }

    /// <summary>A sentence about the losses that the chart of the evolution does not show.</summary>
    public static string OutsideNote(LossSearch search, SearchData data)
    {
        double worst = Worst(data);
        int outside = search.Candidates.Count(candidate => double.IsFinite(candidate.Fitness) && candidate.Fitness > worst && candidate.Fate != Fate.Archived);
        return string.Create(CultureInfo.InvariantCulture, $"{outside} losses with a fitness above {worst} are not shown in the first chart.");
    }

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

    private static double Worst(SearchData data) => data.IsClassification ? 1 : WorstNumber;

    private static double Within(double value, double worst) => value <= worst ? value : double.NaN;
}
