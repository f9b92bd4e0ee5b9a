using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>
/// How good predictions are: all metrics at once, from logits that come batch by batch. Everything is summed in double; before the first sample the
/// averages are NaN.
/// </summary>
/// <remarks>A row with a NaN logit predicts nothing: it counts as wrong, makes the averages of probabilities NaN, and is missing in the confusion matrix.</remarks>
public sealed class Evaluation
{
    private readonly double[] row;
    private readonly long[,] confusion;
    private readonly CalibrationBins bins;
    private double lossSum, lossWeight, likelihoodSum;
    private long correct, correctInTop;

    /// <summary>No samples yet.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="top">How many of the largest logits <see cref="TopAccuracy"/> looks at; at most C of them.</param>
    /// <param name="calibrationBins">How many bins of confidence <see cref="CalibrationError"/> has; 15 is the literature's number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public Evaluation(int classes, int top = 5, int calibrationBins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(calibrationBins, 1);
        Top = Math.Min(top, classes);
        row = new double[classes];
        confusion = new long[classes, classes];
        bins = new CalibrationBins(calibrationBins);
    }

    /// <summary>C, the number of classes.</summary>
    public int Classes => row.Length;

    /// <summary>k, how many of the largest logits <see cref="TopAccuracy"/> looks at.</summary>
    public int Top { get; }

    /// <summary>A label whose rows do not count; none by default.</summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>The number of samples that count.</summary>
    public long Count { get; private set; }

    /// <summary>The mean of the loss that was added, NaN if none was.</summary>
    public double Loss => lossSum / lossWeight;

    /// <summary>The share of samples whose largest logit (the first of equals) is at the label.</summary>
    public double Accuracy => (double)correct / Count;

    /// <summary>The share of samples whose label is among the <see cref="Top"/> largest logits.</summary>
    public double TopAccuracy => (double)correctInTop / Count;

    /// <summary>The mean of -ln p(label), in nats: cross-entropy, whatever the loss in training was.</summary>
    public double NegativeLogLikelihood => likelihoodSum / Count;

    /// <summary>
    /// Expected calibration error: Σ |share right - mean confidence|·share of samples, over bins of equal width of the predicted class's probability
    /// (Guo et al. 2017, arXiv 1706.04599).
    /// </summary>
    public double CalibrationError => bins.Error;

    /// <summary>How many samples of one class were taken for another.</summary>
    /// <param name="label">The class that they are.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <returns>The count.</returns>
    public long Confusion(int label, int predicted) => confusion[label, predicted];

    /// <summary>The confusion matrix: a row for each label, a column for each predicted class.</summary>
    /// <returns>A copy, C x C.</returns>
    public long[,] ConfusionMatrix() => (long[,])confusion.Clone();

    /// <summary>Adds the samples of a batch. Nothing is allocated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">Dense, N x C.</param>
    /// <param name="labels">N labels, each in 0..C-1 or the ignored one.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a label is no class.</exception>
    public void Add<T>(Matrix<T> logits, ReadOnlySpan<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.ColumnCount != Classes)
            throw new ArgumentException($"The logits have {logits.ColumnCount} columns, but there are {Classes} classes.", nameof(logits));
        if (logits.RowCount != labels.Length)
            throw new ArgumentException($"The logits have {logits.RowCount} rows, but there are {labels.Length} labels.", nameof(labels));
        CheckLabels(labels);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == IgnoredLabel)
                continue;
            RowScores.Gather<T>(logits.Data(), labels.Length, i, row);
            Add(new RowScores(row, labels[i]), labels[i]);
        }
    }

    /// <summary>Adds the loss of some samples.</summary>
    /// <param name="sum">The sum of their losses.</param>
    /// <param name="weight">How many they are, or the sum of their weights.</param>
    public void AddLoss(double sum, double weight)
    {
        lossSum += sum;
        lossWeight += weight;
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)Classes && labels[i] != IgnoredLabel)
                throw new ArgumentException($"labels[{i}] is {labels[i]}, but logits have {Classes} classes (0..{Classes - 1}).", nameof(labels));
        }
    }

    private void Add(RowScores scores, int label)
    {
        Count++;
        likelihoodSum += scores.NegativeLogLikelihood;
        correct += scores.Rank == 0 ? 1 : 0;
        correctInTop += scores.Rank < Top ? 1 : 0;
        bins.Add(scores.Confidence, scores.Rank == 0);
        if (!scores.HasNaN)
            confusion[label, scores.Predicted]++;
    }
}
