using AutoDiffLsr.Experiments.Projections;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Projections;

public sealed class TrustworthinessTests
{
    [Fact]
    public void A_faithful_picture_has_one()
    {
        Matrix<double> samples = Clusters.Make(60, features: 2);
        Assert.Equal(1, Trustworthiness.Of(samples, samples * 3, 12));
    }

    [Fact]
    public void Invented_neighbours_count_by_their_rank()
    {
        // On a line 0..4, with k = 1. In the picture 4 sits beside 0: 0 has the neighbour 4 (rank 4) and 4 has 0 (rank 4); the rest keep a true neighbour.
        Matrix<double> samples = Matrix<double>.Build.Dense(5, 1, [0, 1, 2.1, 3.3, 4.6]);
        Matrix<double> picture = Matrix<double>.Build.Dense(5, 1, [0, 1, 2.1, 3.3, -0.5]);
        Assert.Equal(1 - (2.0 / (5 * 1 * (10 - 3 - 1)) * (3 + 3)), Trustworthiness.Of(samples, picture, 1), 1e-12);
    }

    [Fact]
    public void A_shuffled_picture_is_not_trusted()
    {
        Matrix<double> samples = Clusters.Make(100), picture = Clusters.Make(100, features: 2, clusters: 7, seed: 9);
        Assert.InRange(Trustworthiness.Of(samples, picture, 12), 0.3, 0.7);
    }

    [Fact]
    public void Counts_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Trustworthiness.Of(Clusters.Make(10), Clusters.Make(9), 2));
        Assert.Throws<ArgumentException>(() => Trustworthiness.Of(Clusters.Make(10), Clusters.Make(10), 5));
    }
}
