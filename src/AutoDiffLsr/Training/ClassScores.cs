using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>The metrics of classification, from logits that come batch by batch. Memory grows with the pairs of classes that occur, not with C².</summary>
internal sealed class ClassScores(int classes, int top, int calibrationBins)
{
    private readonly double[] row = new double[classes];
    private readonly Dictionary<long, long> confusions = [];
    private readonly CalibrationBins bins = new(calibrationBins);
    private double likelihoodSum;
    private long correct, correctInTop;

    public int Classes => row.Length;

    public int Top { get; } = Math.Min(top, classes);

    public int? IgnoredLabel { get; set; }

    public long Count { get; private set; }

    public double Accuracy => (double)correct / Count;

    public double TopAccuracy => (double)correctInTop / Count;

    public double NegativeLogLikelihood => likelihoodSum / Count;

    public double CalibrationError => bins.Error;

    public long Confusion(int label, int predicted) => confusions.GetValueOrDefault(Key(label, predicted));

    public IEnumerable<Confusion> Confusions() => confusions
        .OrderBy(pair => pair.Key)
        .Select(pair => new Confusion((int)(pair.Key / Classes), (int)(pair.Key % Classes), pair.Value));

    public void Add<T>(Matrix<T> logits, ReadOnlySpan<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == IgnoredLabel)
                continue;
            Gather(logits, i);
            Add(new RowScores(row, labels[i]), labels[i]);
        }
    }

    /// <summary>The same for distributions, each of which counts as its likeliest class, the first of equals.</summary>
    public void Add<T>(Matrix<T> logits, Matrix<T> distributions)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] data = distributions.Data();
        for (int i = 0; i < logits.RowCount; i++)
        {
            int label = RowScores.FirstLargest<T>(data, logits.RowCount, i);
            Gather(logits, i);
            Add(new RowScores(row, label), label);
        }
    }

    /// <summary>One logit for two classes is the second class's, beside 0 for the first.</summary>
    private void Gather<T>(Matrix<T> logits, int sample)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (logits.ColumnCount == 1)
            (row[0], row[1]) = (0, double.CreateTruncating(logits.Data()[sample]));
        else
            RowScores.Gather<T>(logits.Data(), logits.RowCount, sample, row);
    }

    private void Add(RowScores scores, int label)
    {
        Count++;
        likelihoodSum += scores.NegativeLogLikelihood;
        correct += scores.Rank == 0 ? 1 : 0;
        correctInTop += scores.Rank < Top ? 1 : 0;
        bins.Add(scores.Confidence, scores.Rank == 0);
        if (scores.HasNaN)
            return;
        long key = Key(label, scores.Predicted);
        confusions[key] = confusions.GetValueOrDefault(key) + 1;
    }

    private long Key(int label, int predicted) => ((long)label * Classes) + predicted;
}
