using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>What training counts of the outputs for a batch, without allocating; an evaluation afterwards knows all metrics.</summary>
/// <param name="Correct">The right predictions of classes or binary labels.</param>
/// <param name="SquaredErrors">The sum of squared errors of numbers.</param>
/// <param name="Counted">The predictions, binary labels or numbers that these were of; 0 if the outputs do not fit the targets.</param>
internal readonly record struct BatchScore(long Correct, double SquaredErrors, long Counted)
{
    public static BatchScore Of<T>(Matrix<T> output, Batch<T> batch, int? ignoredLabel)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!batch.Dataset.Fits(output.ColumnCount))
            return default;
        ReadOnlySpan<T> outputs = output.Data();
        return batch.Dataset.Targets.Kind switch
        {
            TargetKind.Labels => OfLabels(outputs, batch.Labels, ignoredLabel),
            TargetKind.Distributions => new(CountLikeliest(outputs, batch.Targets.Data(), batch.Count), 0, batch.Count),
            TargetKind.BinaryLabels => new(CountRight(outputs, batch.Targets.Data()), 0, outputs.Length),
            _ => new(0, SquaredDistance.Between(outputs, batch.Targets.Data()), outputs.Length),
        };
    }

    private static BatchScore OfLabels<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, int? ignoredLabel)
        where T : struct, IFloatingPointIeee754<T>
    {
        int counted = ignoredLabel is { } ignored ? labels.Length - labels.Count(ignored) : labels.Length;
        if (logits.Length > labels.Length)
            return new(RowScores.CountCorrect(logits, labels, ignoredLabel), 0, counted);
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
            correct += labels[row] != ignoredLabel && BinaryScores.IsRight(double.CreateTruncating(logits[row]), labels[row] == 1) ? 1 : 0;
        return new(correct, 0, counted);
    }

    private static int CountRight<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        int correct = 0;
        for (int i = 0; i < logits.Length; i++)
            correct += BinaryScores.IsRight(double.CreateTruncating(logits[i]), double.CreateTruncating(targets[i]) >= 0.5) ? 1 : 0;
        return correct;
    }

    private static int CountLikeliest<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> distributions, int rows)
        where T : struct, IFloatingPointIeee754<T>
    {
        int correct = 0;
        for (int row = 0; row < rows; row++)
            correct += RowScores.IsLargest(logits, rows, row, RowScores.FirstLargest(distributions, rows, row)) ? 1 : 0;
        return correct;
    }
}
