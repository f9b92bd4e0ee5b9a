using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Experiments.Projections;

/// <summary>Samples around well separated centres, each cluster a bent sheet with noise: something that has neighbours to keep.</summary>
internal static class Clusters
{
    public static Matrix<double> Make(int count, int features = 20, int clusters = 8, long seed = 1)
    {
        RandomSource random = new(seed);
        double[][] centres = [.. Enumerable.Range(0, clusters).Select(_ => Normals(random, features, 3))];
        double[][] along = [.. Enumerable.Range(0, clusters).Select(_ => Normals(random, features, 1))];
        Matrix<double> samples = Matrix<double>.Build.Dense(count, features);
        for (int i = 0; i < count; i++)
        {
            int cluster = i % clusters;
            double t = 4 * random.NextDouble();
            for (int j = 0; j < features; j++)
                samples[i, j] = centres[cluster][j] + (along[cluster][j] * t) + (Math.Sin(2 * t) * along[(cluster + 1) % clusters][j]) + (0.2 * random.NextNormal());
        }

        return samples;
    }

    private static double[] Normals(RandomSource random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.NextNormal())];
}
