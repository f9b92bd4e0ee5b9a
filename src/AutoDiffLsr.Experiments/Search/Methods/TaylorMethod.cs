using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>Polynomials whose coefficients evolve by CMA-ES from 0 with a spread of 1.2.</summary>
internal sealed class TaylorMethod(int population, RandomSource random) : SearchMethod
{
    private const double Spread = 1.2;

    private readonly CovarianceAdaptation evolution = new(new double[TaylorLoss.Count], Spread, population, random);

    /// <inheritdoc/>
    public override IReadOnlyList<Candidate> Propose() =>
        [.. evolution.Ask().Select(point => new TaylorLoss(point)).Select(loss => new Candidate(loss.Formula, loss, Learns: false, FromOnes: false))];

    /// <inheritdoc/>
    public override void Observe(IReadOnlyList<double> fitness) => evolution.Tell(fitness);
}
