using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Losses;

/// <summary>The checks of what users hand to a loss.</summary>
internal static class LossArguments
{
    public static void Check(Shape logits, int[] labels, int? ignoredLabel, double[]? classWeights)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int classes = logits.Columns;
        if (classes < 2)
            throw new ArgumentException($"The logits are {logits}: a classification loss needs at least 2 classes (columns).", nameof(logits));
        if (labels.Length != logits.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {logits.Rows} rows of logits: one label a row is needed.", nameof(labels));
        if (classWeights is not null && classWeights.Length != classes)
            throw new ArgumentException($"There are {classWeights.Length} class weights for {classes} classes.", nameof(classWeights));
        if (labels.Length > 0 && TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(labels)) < (uint)classes) // a negative label is large as well
            return;
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes && labels[row] != ignoredLabel)
                throw new ArgumentException($"labels[{row}] is {labels[row]}, but the logits have {classes} classes (0..{classes - 1}).", nameof(labels));
        }
    }

    public static double CheckSmoothing(double smoothing) => smoothing is >= 0 and <= 1 ? smoothing : throw new ArgumentOutOfRangeException(
        nameof(smoothing), smoothing, "The smoothing is the share of the label's weight that is spread over all classes, in [0, 1].");

    public static double[] CheckWeights(IReadOnlyList<double> weights)
    {
        for (int i = 0; i < weights.Count; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException($"ClassWeights[{i}] is {weights[i]}: a weight is a finite number that is not negative.", nameof(weights));
        }

        return [.. weights.Select(weight => weight + 0)]; // -0 becomes 0
    }
}
