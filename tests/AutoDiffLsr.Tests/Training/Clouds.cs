using System.Numerics;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Tests.Training;

/// <summary>A small task: three overlapping clouds in the plane.</summary>
internal static class Clouds
{
    public static Dataset<T> Make<T>(int count, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        T[] samples = new T[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            samples[2 * i] = T.CreateTruncating(Math.Cos(2 * labels[i]) + (0.4 * random.NextNormal()));
            samples[(2 * i) + 1] = T.CreateTruncating(Math.Sin(2 * labels[i]) + (0.4 * random.NextNormal()));
        }

        return new Dataset<T>("clouds", samples, 2, labels);
    }
}
