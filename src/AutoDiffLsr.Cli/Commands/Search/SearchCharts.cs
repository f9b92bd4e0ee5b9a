using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>The charts of a search.</summary>
internal static class SearchCharts
{
    /// <summary>Fitness above this is outside of the chart: twice that of a net that always says the mean.</summary>
    private const double WorstNumber = 2;

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

    private static double Worst(SearchData data) => data.IsClassification ? 1 : WorstNumber;

    private static double Within(double value, double worst) => value <= worst ? value : double.NaN;
}
