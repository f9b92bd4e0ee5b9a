using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Tests.Experiments.Search;

/// <summary>Small data that a net can learn in a moment.</summary>
internal static class Generated
{
    /// <summary>Settings that judge a loss in milliseconds.</summary>
    public static InnerSettings Quick { get; } = new() { Hidden = [8], Steps = 40, MetaSteps = 10, BatchSize = 32 };

    public static SearchData Numbers(int rows, long seed = 1) => SearchData.Split("numbers", NumberRows(rows, seed), seed);

    public static SearchData Classes(int rows, long seed = 1) => SearchData.Split("classes", ClassRows(rows, seed), seed);

    public static Samples<float> NumberRows(int rows, long seed = 1)
    {
        RandomSource random = new(seed);
        Matrix<float> x = Matrix<float>.Build.Dense(rows, 3, (_, _) => (float)random.NextNormal());
        return Samples<float>.OfNumbers(x, Matrix<float>.Build.Dense(rows, 1, (i, _) => (2 * x[i, 0]) - x[i, 1] + (0.1f * (float)random.NextNormal())));
    }

    public static Samples<float> ClassRows(int rows, long seed = 1)
    {
        RandomSource random = new(seed);
        int[] labels = [.. Enumerable.Range(0, rows).Select(i => i % 3)];
        return Samples<float>.OfClasses(Matrix<float>.Build.Dense(rows, 3, (i, j) => (labels[i] == j ? 2 : 0) + (float)random.NextNormal()), labels, 3);
    }
}
