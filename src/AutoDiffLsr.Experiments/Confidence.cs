using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>How sure a model is of the labels it is given: what label smoothing is meant to change. Means over the samples.</summary>
/// <param name="TargetProbability">p_t, the probability of the label.</param>
/// <param name="Margin">d = z_t - logsumexp of the other logits, in nats.</param>
/// <param name="SaturatedShare">The share of samples with 1 - p_t &lt; 1e-7, where published programs have no gradient left.</param>
/// <param name="NonTargetDivergence">KL(u ‖ q) in nats: how far the other classes are from equal probabilities; 0 if they are equal.</param>
public sealed record Confidence(double TargetProbability, double Margin, double SaturatedShare, double NonTargetDivergence)
{
    private const double Saturation = 1e-7;

    /// <summary>Measures logits, in double.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">N x C, at least one row and two columns.</param>
    /// <param name="labels">N classes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a label is no class.</exception>
    public static Confidence Of<T>(Matrix<T> logits, ReadOnlySpan<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.RowCount != labels.Length)
            throw new ArgumentException($"The logits have {logits.RowCount} rows, but there are {labels.Length} labels.", nameof(labels));
        double probability = 0, margin = 0, saturated = 0, divergence = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)logits.ColumnCount)
                throw new ArgumentException($"labels[{row}] is {labels[row]}, but logits have {logits.ColumnCount} classes (0..{logits.ColumnCount - 1}).", nameof(labels));
            (double d, double kl) = Row(logits, row, labels[row]);
            probability += 1 / (1 + Math.Exp(-d));
            margin += d;
            saturated += 1 / (1 + Math.Exp(d)) < Saturation ? 1 : 0;
            divergence += kl;
        }

        int count = labels.Length;
        return new Confidence(probability / count, margin / count, saturated / count, divergence / count);
    }

    /// <summary>The margin, and KL(u ‖ q) = -log(C - 1) - mean log q over the others, with log q_j = z_j - logsumexp.</summary>
    private static (double Margin, double Divergence) Row<T>(Matrix<T> logits, int row, int label)
        where T : struct, IFloatingPointIeee754<T>
    {
        int classes = logits.ColumnCount;
        double largest = double.NegativeInfinity, mean = 0, sum = 0;
        for (int j = 0; j < classes; j++)
        {
            if (j == label)
                continue;
            double z = double.CreateTruncating(logits[row, j]);
            largest = Math.Max(largest, z);
            mean += z / (classes - 1);
        }

        for (int j = 0; j < classes; j++)
        {
            if (j != label)
                sum += Math.Exp(double.CreateTruncating(logits[row, j]) - largest);
        }

        double others = largest + Math.Log(sum);
        return (double.CreateTruncating(logits[row, label]) - others, others - mean - Math.Log(classes - 1));
    }
}
