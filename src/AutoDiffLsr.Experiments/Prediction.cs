using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>What a model says about one sample.</summary>
/// <param name="Index">The place of the sample.</param>
/// <param name="Label">The class that it is.</param>
/// <param name="Class">The class with the largest logit, the first of equals.</param>
/// <param name="Confidence">That class's probability.</param>
public readonly record struct Prediction(int Index, int Label, int Class, double Confidence)
{
    /// <summary>Whether the predicted class is the label.</summary>
    public bool IsRight => Label == Class;

    /// <summary>The predictions of all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">N classes.</param>
    /// <returns>N predictions in order.</returns>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static IReadOnlyList<Prediction> All<T>(Matrix<T> logits, ReadOnlySpan<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.RowCount != labels.Length)
            throw new ArgumentException($"The logits have {logits.RowCount} rows, but there are {labels.Length} labels.", nameof(labels));
        Prediction[] predictions = new Prediction[labels.Length];
        for (int row = 0; row < labels.Length; row++)
            predictions[row] = Of(logits, row, labels[row]);
        return predictions;
    }

    private static Prediction Of<T>(Matrix<T> logits, int row, int label)
        where T : struct, IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int j = 1; j < logits.ColumnCount; j++)
        {
            if (logits[row, j] > logits[row, best])
                best = j;
        }

        double sum = 0;
        for (int j = 0; j < logits.ColumnCount; j++)
            sum += Math.Exp(double.CreateTruncating(logits[row, j] - logits[row, best]));
        return new Prediction(row, label, best, 1 / sum);
    }
}
