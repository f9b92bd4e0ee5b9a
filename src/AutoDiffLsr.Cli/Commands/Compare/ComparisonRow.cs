using AutoDiffLsr.Experiments;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A row of the result: all seeds of one loss under one label noise.</summary>
/// <param name="Variant">The loss.</param>
/// <param name="LabelNoise">The share of wrong training labels.</param>
/// <param name="Runs">The runs that did not diverge.</param>
/// <param name="Diverged">How many did.</param>
/// <param name="Baseline">Those of the first loss under the same noise.</param>
internal sealed record ComparisonRow(LossVariant Variant, double LabelNoise, IReadOnlyList<CellResult> Runs, int Diverged, IReadOnlyList<CellResult> Baseline)
{
    /// <summary>The rows of a grid, in its order.</summary>
    public static IReadOnlyList<ComparisonRow> All(ComparisonPlan plan, IReadOnlyDictionary<ComparisonCell, CellResult> results)
    {
        List<ComparisonRow> rows = [];
        foreach (double noise in plan.LabelNoises)
        {
            CellResult[][] runs = [.. plan.Variants.Select(variant => plan.Cells.Where(cell => cell.Variant == variant && cell.LabelNoise == noise && results.ContainsKey(cell)).Select(cell => results[cell]).ToArray())];
            for (int i = 0; i < runs.Length; i++)
                rows.Add(new ComparisonRow(plan.Variants[i], noise, Whole(runs[i]), runs[i].Count(run => run.Measures is null), Whole(runs[0])));
        }

        return rows;
    }

    /// <summary>The mean and deviation of a measure, or null if every run diverged.</summary>
    public SampleSummary? Summary(ComparisonMeasure measure) => Runs.Count == 0 ? null : SampleSummary.Of([.. Runs.Select(run => measure.Of(run.Measures!))]);

    /// <summary>The difference from the first loss over the seeds that both have, or null for the first loss itself and without such seeds.</summary>
    public PairedDifference? Difference(ComparisonMeasure measure)
    {
        if (ReferenceEquals(Runs, Baseline) || Baseline.SequenceEqual(Runs))
            return null;
        var pairs = Runs.Join(Baseline, run => run.Seed, other => other.Seed, (run, other) => (measure.Of(run.Measures!), measure.Of(other.Measures!))).ToArray();
        return pairs.Length == 0 ? null : PairedDifference.Of([.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => pair.Item2)]);
    }

    private static CellResult[] Whole(CellResult[] runs) => [.. runs.Where(run => run.Measures is not null)];
}
