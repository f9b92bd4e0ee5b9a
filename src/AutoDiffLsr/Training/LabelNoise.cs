using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>Wrong labels on purpose, for experiments on what a loss does with them.</summary>
public static class LabelNoise
{
    /// <summary>
    /// Gives a share of the samples a wrong label: exactly round(rate * N) samples, drawn at random, each relabelled as one of the C - 1
    /// other classes, all equally likely ("symmetric" label noise).
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="dataset">The data with the true labels; it stays as it is.</param>
    /// <param name="rate">The share of wrong labels, in [0, 1].</param>
    /// <param name="seed">What is drawn is a function of this number.</param>
    /// <returns>A new data set that shares the samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not in [0, 1].</exception>
    public static Dataset<T> Apply<T>(Dataset<T> dataset, double rate, long seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Setting.Fraction(rate, nameof(rate));
        RandomSource random = new RandomSource(seed).Fork("label noise");
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        random.Shuffle(order.AsSpan());
        int flips = (int)Math.Round(rate * dataset.Count, MidpointRounding.AwayFromZero);
        int[] labels = [.. dataset.Labels];
        foreach (int index in order.AsSpan(0, flips))
            labels[index] = (labels[index] + 1 + random.NextInt(dataset.Classes - 1)) % dataset.Classes;
        return dataset.WithLabels(labels);
    }
}
