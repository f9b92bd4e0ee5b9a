using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>The losses by their definitions, in plain sums over classes: slow, only for logits of ordinary size, and nothing like the engine's code.</summary>
internal static class LossReference
{
    /// <summary>The mean over the rows that count.</summary>
    public static Matrix<double> Mean(ClassificationLoss loss, Matrix<double> logits, int[] labels)
    {
        double sum = 0, count = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] == loss.IgnoredLabel)
                continue;
            double weight = loss.ClassWeights?[labels[row]] ?? 1;
            sum += weight * OfRow(loss, logits.Row(row).ToArray(), labels[row]);
            count += weight;
        }

        return Matrix<double>.Build.Dense(1, 1, sum / count);
    }

    private static double OfRow(ClassificationLoss loss, double[] logits, int label)
    {
        double total = logits.Sum(Math.Exp), classes = logits.Length;
        double[] p = Array.ConvertAll(logits, z => Math.Exp(z) / total);
        return loss switch
        {
            LabelSmoothing smoothing => -p.Select((share, j) => (((j == label ? 1 : 0) * (1 - smoothing.Smoothing)) + (smoothing.Smoothing / classes)) * Math.Log(share)).Sum(),
            SparseLabelSmoothing sparse => Sparse(sparse.Smoothing, p[label], classes),
            AbsoluteCrossEntropy ace => ace.Phi0 * Math.Abs(Math.Log(ace.Phi1 * p[label])),
            _ => -Math.Log(p[label]),
        };
    }

    private static double Sparse(double smoothing, double p, double classes)
    {
        double b = smoothing * (classes - 1) / classes;
        return -(((1 - b) * Math.Log(p)) + (b * Math.Log((1 - p) / (classes - 1))));
    }
}
