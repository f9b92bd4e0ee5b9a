using AutoDiffLsr.Experiments.Projections;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Projections;

public sealed class TSneTests
{
    [Fact]
    public void Neighbours_in_the_picture_are_neighbours_in_truth()
    {
        Matrix<double> samples = Clusters.Make(320);
        TSneResult result = Embed(samples, new TSneOptions { Iterations = 500 });
        Assert.True(Trustworthiness.Of(samples, result.Positions, 12) > 0.97);
        Assert.Equal(500, result.Iterations);
        Assert.False(result.WasCancelled);
    }

    [Fact]
    public void Clusters_stay_apart()
    {
        const int Clusters = 4;
        Matrix<double> samples = Projections.Clusters.Make(200, clusters: Clusters, seed: 5);
        Matrix<double> positions = Embed(samples, new TSneOptions { Iterations = 500, Perplexity = 15 }).Positions;
        for (int i = 0; i < positions.RowCount; i++)
        {
            int nearest = Enumerable.Range(0, positions.RowCount).Where(j => j != i).MinBy(j => (positions.Row(i) - positions.Row(j)).L2Norm());
            Assert.Equal(i % Clusters, nearest % Clusters);
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_at_any_number_of_threads_and_another_seed_another_picture()
    {
        Matrix<float> samples = Clusters.Make(203).Map(value => (float)value);
        TSneOptions options = new() { Iterations = 60, ExaggeratedIterations = 30 };
        TSneResult alone = WithThreads(1, () => Embed(samples, options));
        TSneResult together = WithThreads(3, () => Embed(samples, options));
        Assert.Equal(alone.Positions, together.Positions);
        Assert.Equal(alone.Divergence, together.Divergence);
        Assert.NotEqual(alone.Positions, Embed(samples, options with { Seed = 1 }).Positions);
    }

    [Fact]
    public void The_gradient_is_that_of_the_divergence()
    {
        PairAffinities affinities = PairAffinities.Of(Clusters.Make(37), 8);
        PairForces forces = new(affinities);
        RandomSource random = new(3);
        double[] positions = [.. Enumerable.Range(0, 74).Select(_ => 2 * random.NextNormal())];
        double[] gradient = forces.Gradient(positions, 1).ToArray();
        foreach (int coordinate in (int[])[0, 17, 36, 37, 50, 73])
        {
            const double Step = 1e-2;
            double slope = (Shifted(coordinate, Step) - Shifted(coordinate, -Step)) / (2 * Step);
            Assert.Equal(slope, gradient[coordinate], 1e-4 * Math.Max(0.1, Math.Abs(slope)) + 2e-5);
        }

        double Shifted(int coordinate, double by)
        {
            double[] moved = [.. positions];
            moved[coordinate] += by;
            return forces.Divergence(moved);
        }
    }

    /// <summary>-Σ p·ln p over the ordered pairs, both of (i, j) and (j, i); with it the divergence of the picture that has the affinities themselves is 0.</summary>
    [Fact]
    public void The_divergence_is_that_of_all_pairs()
    {
        PairAffinities affinities = PairAffinities.Of(Clusters.Make(60), 9);
        double[,] p = new double[60, 60];
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 60; j++)
                p[i, j] = affinities.Row(i)[j];
        }

        Assert.Equal(p.Cast<double>().Where(value => value > 0).Sum(value => value * Math.Log(value)), affinities.NegativeEntropy, 1e-5);
        RandomSource random = new(3);
        double[] positions = [.. Enumerable.Range(0, 120).Select(_ => random.NextNormal())];
        double[,] q = new double[60, 60];
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 60; j++)
                q[i, j] = i == j ? 0 : 1 / (1 + Math.Pow(positions[i] - positions[j], 2) + Math.Pow(positions[60 + i] - positions[60 + j], 2));
        }

        double sum = q.Cast<double>().Sum(), divergence = 0;
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 60; j++)
                divergence += p[i, j] > 0 ? p[i, j] * Math.Log(p[i, j] * sum / q[i, j]) : 0;
        }

        Assert.Equal(divergence, new PairForces(affinities).Divergence(positions), 1e-4);
    }

    /// <summary>The first step, written out: from the drawn start along the gradient at the usual rate max(N / exaggeration / 4, 50), with a gain of 0.8, and centred in both coordinates.</summary>
    [Theory]
    [InlineData(40, 12, 50)]
    [InlineData(240, 1, 60)]
    public void The_first_step_goes_as_far_as_the_usual_learning_rate_says(int count, double exaggeration, double rate)
    {
        Matrix<double> samples = Clusters.Make(count);
        TSneOptions options = new() { Iterations = 1, Perplexity = 8, EarlyExaggeration = exaggeration, Seed = 5 };
        RandomSource random = new RandomSource(5).Fork("t-SNE");
        double[] start = [.. Enumerable.Range(0, 2 * count).Select(_ => 1e-4 * random.NextNormal())];
        double[] gradient = new PairForces(PairAffinities.Of(samples, 8)).Gradient(start, exaggeration).ToArray();
        double[] moved = [.. start.Select((position, i) => position - (0.8 * rate * gradient[i]))];
        Matrix<double> positions = Embed(samples, options).Positions;
        for (int column = 0; column < 2; column++)
        {
            double mean = moved.Skip(column * count).Take(count).Average();
            for (int i = 0; i < count; i++)
                Assert.Equal(moved[(column * count) + i] - mean, positions[i, column], 1e-12);
        }

        Assert.Equal(positions, Embed(samples, options with { LearningRate = rate }).Positions);
    }

    /// <summary>While affinities are exaggerated the true divergence may be lower than just after; such a picture is not the result.</summary>
    [Fact]
    public void The_picture_is_centred_and_of_after_the_exaggeration()
    {
        List<TSneProgress> seen = [];
        TSneOptions options = new() { Perplexity = 8, Iterations = 102, ExaggeratedIterations = 100 };
        TSneResult result = TSne.Embed(Clusters.Make(60), options, new Listener(seen.Add), TestContext.Current.CancellationToken);
        Assert.Equal(102, result.Iterations);
        Assert.True(seen.Where(progress => progress.Iteration <= 100).Min(progress => progress.Divergence) < result.Divergence, $"{result.Divergence}");
        for (int column = 0; column < 2; column++)
            Assert.Equal(0, result.Positions.Column(column).Sum() / 60, 1e-9);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void Affinities_have_the_perplexity_are_symmetric_and_sum_to_one(double perplexity)
    {
        const int Count = 150;
        float[] conditional = new float[Count * Count];
        SquaredDistances distances = SquaredDistances.Of(Clusters.Make(Count));
        PerplexitySearch search = new(conditional, Count, Math.Log(perplexity), Count);
        for (int i = 0; i < Count; i++)
            distances.From(i, search.DistancesOf(i));
        search.RunBlock(0, Count);
        for (int i = 0; i < Count; i++)
        {
            double entropy = -conditional.AsSpan(i * Count, Count).ToArray().Where(p => p > 0).Sum(p => p * Math.Log(p));
            Assert.Equal(perplexity, Math.Exp(entropy), perplexity * 1e-4);
        }

        PairAffinities affinities = PairAffinities.Of(Clusters.Make(Count), perplexity);
        Assert.Equal(1, Enumerable.Range(0, Count).Sum(i => affinities.Row(i).ToArray().Sum(p => (double)p)), 1e-5);
        Assert.Equal(affinities.Row(3)[90], affinities.Row(90)[3]);
        Assert.Equal(0, affinities.Row(7)[7]);
    }

    [Fact]
    public void A_cancelled_search_keeps_the_best_picture_so_far()
    {
        using CancellationTokenSource source = new();
        List<TSneProgress> seen = [];
        TSneResult result = TSne.Embed(Clusters.Make(100), new TSneOptions { Perplexity = 10 }, new Listener(progress =>
        {
            seen.Add(progress);
            if (progress.Iteration == 400)
                source.Cancel();
        }), source.Token);
        Assert.True(result.WasCancelled);
        Assert.Equal(400, seen[^1].Iteration);
        Assert.Equal(seen.Where(progress => progress.Iteration > 250).Min(progress => progress.Divergence), result.Divergence);
        Assert.All(result.Positions.Enumerate(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Copies_of_samples_and_equal_samples_give_a_finite_picture()
    {
        Matrix<double> copies = Matrix<double>.Build.Dense(60, 3, (i, j) => i < 40 ? 1 : i + j);
        Assert.All(Embed(copies, new TSneOptions { Perplexity = 5, Iterations = 300 }).Positions.Enumerate(), value => Assert.True(double.IsFinite(value)));
        Matrix<double> equal = Matrix<double>.Build.Dense(20, 3, 1.5);
        Assert.All(Embed(equal, new TSneOptions { Perplexity = 5, Iterations = 300 }).Positions.Enumerate(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void What_cannot_be_embedded_is_refused_with_its_numbers()
    {
        Matrix<double> samples = Clusters.Make(20);
        Assert.Contains("below the number of samples, 20", Assert.Throws<ArgumentException>(() => Embed(samples)).Message, StringComparison.Ordinal);
        Assert.Contains("3 rows", Assert.Throws<ArgumentException>(() => Embed(Clusters.Make(3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed(samples, new TSneOptions { Perplexity = 5, Iterations = 0 }));
        samples[4, 2] = double.NaN;
        Assert.Contains("samples[4, 2] is NaN", Assert.Throws<ArgumentException>(() => Embed(samples, new TSneOptions { Perplexity = 5 })).Message, StringComparison.Ordinal);
    }

    private static TSneResult Embed<T>(Matrix<T> samples, TSneOptions? options = null)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => TSne.Embed(samples, options, null, TestContext.Current.CancellationToken);

    private static TSneResult WithThreads(int threads, Func<TSneResult> work)
    {
        int before = Compute.Threads;
        Compute.Threads = threads;
        try
        {
            return work();
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    private sealed class Listener(Action<TSneProgress> listen) : IProgress<TSneProgress>
    {
        public void Report(TSneProgress value) => listen(value);
    }
}
