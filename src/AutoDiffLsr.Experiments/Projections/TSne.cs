using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008): a map of samples on the plane in which near neighbours stay near.
/// Exact: every pair counts, so time and memory grow with N²; meant for a few thousand samples.
/// </summary>
/// <remarks>
/// P are the affinities of the samples (Gaussian, each with the width that gives it the wanted perplexity, made symmetric), Q those of the points
/// (Student's t with one degree of freedom). The gradient of KL(P ‖ Q) by y_i is 4 Σ_j (p_ij - q_ij) (y_i - y_j) / (1 + ‖y_i - y_j‖²).
/// Distances between clusters and the sizes of clusters mean little: see <see cref="TemplatePlane{T}"/> for a picture that is a plain projection.
/// </remarks>
public static class TSne
{
    private const int DivergenceInterval = 25;

    /// <summary>Makes the map.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">N x features, finite, at least 4 rows.</param>
    /// <param name="options">Perplexity, steps and seed; the defaults where null.</param>
    /// <param name="progress">Receives a report every 25 steps.</param>
    /// <param name="cancellation">Stops the search after the current step; the best picture so far is returned, and nothing thrown.</param>
    /// <exception cref="ArgumentException">There are too few samples for the perplexity, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public static TSneResult Embed<T>(
        Matrix<T> samples, TSneOptions? options = null, IProgress<TSneProgress>? progress = null, CancellationToken cancellation = default)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        options ??= new TSneOptions();
        TSneChecks.Require(samples, options);
        PairAffinities affinities = PairAffinities.Of(samples, options.Perplexity);
        TSneDescent descent = new(affinities, options);
        while (descent.Iteration < options.Iterations && !cancellation.IsCancellationRequested)
        {
            descent.Step();
            if (descent.Iteration % DivergenceInterval == 0 || descent.Iteration == options.Iterations)
                progress?.Report(new(descent.Iteration, options.Iterations, descent.Note()));
        }

        descent.Note();
        return descent.Best(descent.Iteration < options.Iterations);
    }
}
