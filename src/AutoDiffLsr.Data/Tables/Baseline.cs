using System.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>What a prediction that looks at no feature comes to: the class that training has most, or the mean of its targets.</summary>
/// <param name="Kind">"majority" or "mean".</param>
/// <param name="Prediction">The class, or the mean in the target's unit.</param>
/// <param name="Accuracy">Of the most frequent class on the test part; null for a regression.</param>
/// <param name="Rmse">Of the mean on the test part in the target's unit; null for a classification.</param>
/// <param name="Mae">The mean absolute error likewise.</param>
public sealed record Baseline(string Kind, string Prediction, double? Accuracy, double? Rmse, double? Mae)
{
    /// <summary>The baseline of some data.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">What the class or the mean is taken from.</param>
    /// <param name="test">What it is tested on.</param>
    /// <param name="scales">The units of the targets of a regression; empty for classes.</param>
    /// <returns>The baseline.</returns>
    public static Baseline Of<T>(Dataset<T> train, Dataset<T> test, IReadOnlyList<TargetScale> scales)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(scales);
        return scales.Count == 0 ? Majority(train, test) : Mean(test, scales);
    }

    private static Baseline Majority<T>(Dataset<T> train, Dataset<T> test)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] counts = new int[train.Classes];
        foreach (int label in train.Labels)
            counts[label]++;
        int most = Array.IndexOf(counts, counts.Max());
        return new("majority", train.ClassNames[most], (double)test.Labels.AsSpan().Count(most) / test.Count, null, null);
    }

    /// <summary>The mean of standardised targets is 0.</summary>
    private static Baseline Mean<T>(Dataset<T> test, IReadOnlyList<TargetScale> scales)
        where T : struct, IFloatingPointIeee754<T>
    {
        double squares = 0, sizes = 0;
        ReadOnlySpan<T> values = test.Targets.Values;
        for (int i = 0; i < values.Length; i++)
        {
            double error = double.CreateTruncating(values[i]) * scales[i % scales.Count].Scale;
            squares += error * error;
            sizes += Math.Abs(error);
        }

        string means = string.Join(", ", scales.Select(scale => scale.Mean.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));
        return new("mean", means, null, Math.Sqrt(squares / values.Length), sizes / values.Length);
    }
}
