using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>
/// CMA-ES: points are drawn from a normal distribution whose mean, spread and covariance follow the best of them (Hansen, "The CMA Evolution Strategy: A
/// Tutorial", 2016; the names are those of its table 1 and appendix A).
/// </summary>
internal sealed class CovarianceAdaptation
{
    private static readonly VectorBuilder<double> V = Vector<double>.Build;
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly int population;
    private readonly RandomSource random;
    private readonly double[] weights;
    private readonly double effective, spreadPathRate, spreadDamping, covariancePathRate, rankOneRate, rankManyRate, expectedLength;

    private Vector<double> mean, spreadPath, covariancePath;
    private Matrix<double> covariance, axes;
    private Vector<double> lengths;
    private double spread;
    private int generation;
    private Vector<double>[] steps = [];

    /// <summary>A distribution about a point.</summary>
    /// <param name="mean">The point.</param>
    /// <param name="spread">σ, the standard deviation in every direction at first.</param>
    /// <param name="population">λ, how many points a generation has, at least 2.</param>
    /// <param name="random">Where they are drawn from.</param>
    public CovarianceAdaptation(IReadOnlyList<double> mean, double spread, int population, RandomSource random)
    {
        int n = mean.Count, parents = Math.Max(1, population / 2);
        (this.mean, this.spread, this.population, this.random) = (V.DenseOfEnumerable(mean), spread, population, random);
        double[] raw = [.. Enumerable.Range(1, parents).Select(rank => Math.Log((population + 1) / 2.0) - Math.Log(rank))];
        weights = [.. raw.Select(weight => weight / raw.Sum())];
        effective = 1 / weights.Sum(weight => weight * weight);
        spreadPathRate = (effective + 2) / (n + effective + 5);
        spreadDamping = 1 + (2 * Math.Max(0, Math.Sqrt((effective - 1) / (n + 1)) - 1)) + spreadPathRate;
        covariancePathRate = (4 + (effective / n)) / (n + 4 + (2 * effective / n));
        rankOneRate = 2 / (((n + 1.3) * (n + 1.3)) + effective);
        rankManyRate = Math.Min(1 - rankOneRate, 2 * (effective - 2 + (1 / effective)) / (((n + 2) * (n + 2)) + effective));
        expectedLength = Math.Sqrt(n) * (1 - (1.0 / (4 * n)) + (1.0 / (21.0 * n * n)));
        (spreadPath, covariancePath) = (V.Dense(n), V.Dense(n));
        (covariance, axes, lengths) = (M.DenseIdentity(n), M.DenseIdentity(n), V.Dense(n, 1));
    }

    /// <summary>The mean of the distribution: the best guess so far.</summary>
    public IReadOnlyList<double> Mean => [.. mean];

    /// <summary>The next points.</summary>
    public IReadOnlyList<double[]> Ask()
    {
        steps = [.. Enumerable.Range(0, population).Select(_ => axes * lengths.PointwiseMultiply(V.Dense(mean.Count, _ => random.NextNormal())))];
        return [.. steps.Select(step => (mean + (spread * step)).ToArray())];
    }

    /// <summary>Moves the distribution towards the best of the last points.</summary>
    /// <param name="fitness">Of each point; lower is better. Infinite ones come last, and none is used if all are.</param>
    public void Tell(IReadOnlyList<double> fitness)
    {
        generation++;
        if (fitness.All(value => !double.IsFinite(value)))
            return;
        Vector<double>[] best = [.. Enumerable.Range(0, population).OrderBy(i => fitness[i]).Take(weights.Length).Select(i => steps[i])];
        Vector<double> step = V.Dense(mean.Count);
        for (int i = 0; i < best.Length; i++)
            step += weights[i] * best[i];
        mean += spread * step;
        spreadPath = ((1 - spreadPathRate) * spreadPath)
            + (Math.Sqrt(spreadPathRate * (2 - spreadPathRate) * effective) * (axes * axes.TransposeThisAndMultiply(step).PointwiseDivide(lengths)));
        double length = spreadPath.L2Norm();
        bool isSteady = length / Math.Sqrt(1 - Math.Pow(1 - spreadPathRate, 2 * generation)) < (1.4 + (2.0 / (mean.Count + 1))) * expectedLength;
        covariancePath = ((1 - covariancePathRate) * covariancePath)
            + ((isSteady ? Math.Sqrt(covariancePathRate * (2 - covariancePathRate) * effective) : 0) * step);
        Adapt(best, isSteady);
        spread *= Math.Exp(Math.Min(1, spreadPathRate / spreadDamping * ((length / expectedLength) - 1)));
    }

    private void Adapt(Vector<double>[] best, bool isSteady)
    {
        double lost = isSteady ? 0 : rankOneRate * covariancePathRate * (2 - covariancePathRate);
        covariance = ((1 - rankOneRate - rankManyRate + lost) * covariance) + (rankOneRate * covariancePath.OuterProduct(covariancePath));
        for (int i = 0; i < best.Length; i++)
            covariance += rankManyRate * weights[i] * best[i].OuterProduct(best[i]);
        covariance = (covariance + covariance.Transpose()) / 2;
        Evd<double> parts = covariance.Evd(Symmetricity.Symmetric);
        axes = parts.EigenVectors;
        lengths = parts.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 1e-20)));
    }
}
