using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

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

    public static void CheckProbabilities<T>(ReadOnlySpan<T> targets, int rows)
        where T : struct, IFloatingPointIeee754<T>
    {
        // NaN compares false with everything, and a minimum or maximum of NaN is NaN.
        if (targets.IsEmpty || (TensorPrimitives.Min(targets) >= T.Zero && TensorPrimitives.Max(targets) <= T.One))
            return;
        int index = 0;
        while (targets[index] >= T.Zero && targets[index] <= T.One)
            index++;
        throw new ArgumentException(FormattableString.Invariant(
            $"targets[{index % rows}, {index / rows}] is {targets[index]}: a target of binary cross-entropy is a probability, in [0, 1]."), nameof(targets));
    }

    public static double CheckSmoothing(double smoothing) => Setting.Fraction(smoothing, nameof(smoothing));

    public static double[] CheckWeights(IReadOnlyList<double> weights)
    {
        for (int i = 0; i < weights.Count; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException(FormattableString.Invariant($"ClassWeights[{i}] is {weights[i]}: a weight is a finite number that is not negative."), nameof(weights));
        }

        return [.. weights.Select(weight => weight + 0)]; // -0 becomes 0
    }
}
