using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Running;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Final;

/// <summary>
/// Holds a learned loss against the fixed ones on the test part, which is looked at here for the first time. The learning rate of each fixed loss is tuned
/// on the validation part with as many training steps as the search made; then every loss trains fresh nets, the same seeds for each.
/// </summary>
public sealed class FinalComparison
{
    private const double LowestRate = 1e-4, HighestRate = 1;

    private readonly SearchData data;
    private readonly SearchSettings settings;
    private readonly CellRunner runner;
    private readonly SearchCells cells;

    /// <summary>A comparison.</summary>
    /// <param name="data">The three parts.</param>
    /// <param name="settings">Those of the search.</param>
    /// <param name="runner">Does the work.</param>
    public FinalComparison(SearchData data, SearchSettings settings, CellRunner runner)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(runner);
        (this.data, this.settings, this.runner) = (data, settings, runner);
        cells = new SearchCells(data, settings.Inner, settings.Seed);
    }

    /// <summary>Compares.</summary>
    /// <param name="learned">What the search found, or null to compare the fixed losses alone.</param>
    /// <param name="tuningRuns">How many trainings the learning rate of each fixed loss is tuned by, at least 1.</param>
    /// <param name="seeds">How many fresh trainings each loss has, at least 1.</param>
    /// <param name="cancellation">Stops it; what was finished is kept by the runner.</param>
    /// <returns>A row for each loss: the usual one, the learned one, then the others.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<FinalRow> Run(CandidateRecord? learned, int tuningRuns, int seeds, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tuningRuns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        List<Contender> contenders = [.. FixedLosses.For(data.IsClassification).Select(loss => Tuned(loss, tuningRuns, cancellation))];
        if (learned is not null)
            contenders.Insert(1, new("learned", learned.Loss, null, settings.Inner.LearningRate, learned.Fitness));
        IReadOnlyList<double> metrics = runner.Run(
            cells,
            [.. contenders.SelectMany(contender => Enumerable.Range(1, seeds).Select(seed => cells.Test(contender.Learned, contender.Fixed, contender.LearningRate, seed)))],
            SearchJson.Default.Double,
            cancellation);
        double[][] tests = [.. metrics.Chunk(seeds)];
        return
        [
            .. contenders.Select((contender, i) => new FinalRow(
                contender.Name, contender.LearningRate, contender.Validation, tests[i], i > 0 && tests[i].Concat(tests[0]).All(double.IsFinite) ? PairedDifference.Of(tests[i], tests[0]) : null)),
        ];
    }

    /// <summary>A fixed loss with the best of some learning rates, drawn evenly on the logarithmic scale. The first is that of the search.</summary>
    private Contender Tuned(FixedLoss fixedLoss, int runs, CancellationToken cancellation)
    {
        RandomSource random = new RandomSource(settings.Seed).Fork($"rates of {fixedLoss.Name()}");
        double[] rates = [.. Enumerable.Range(0, runs).Select(i => i == 0 ? settings.Inner.LearningRate : LowestRate * Math.Pow(HighestRate / LowestRate, random.NextDouble()))];
        IReadOnlyList<double> metrics = runner.Run(cells, [.. rates.Select(rate => cells.Tune(fixedLoss, rate))], SearchJson.Default.Double, cancellation);
        int best = Enumerable.Range(0, runs).MinBy(i => metrics[i]);
        return new(fixedLoss.Name(), null, fixedLoss, rates[best], metrics[best]);
    }

    private sealed record Contender(string Name, LearnedLoss? Learned, FixedLoss? Fixed, double LearningRate, double Validation);
}
