using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>What a model says about one sample.</summary>
/// <param name="Index">The place of the sample.</param>
/// <param name="Label">The class that it is.</param>
/// <param name="Class">The class with the largest logit, the first of equals; the first NaN where there is one.</param>
/// <param name="Confidence">That class's probability; NaN where a logit is NaN.</param>
public readonly record struct Prediction(int Index, int Label, int Class, double Confidence)
{
    /// <summary>Whether the predicted class is the label; never where a logit is NaN.</summary>
    public bool IsRight => Label == Class && !double.IsNaN(Confidence);

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
        double[] row = new double[logits.ColumnCount];
        T[] data = logits.ToColumnMajorArray();
        for (int i = 0; i < labels.Length; i++)
        {
            RowScores.Gather<T>(data, labels.Length, i, row);
            RowScores scores = new(row, labels[i]);
            predictions[i] = new Prediction(i, labels[i], scores.Predicted, scores.Confidence);
        }

        return predictions;
    }
}
