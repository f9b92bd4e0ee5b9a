using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Experiments;

/// <summary>Losses put together as published programs do it, operation by operation: what the exact forms are compared with. Not for training.</summary>
public static class PublishedArithmetic
{
    private const double Clamp = 1e-7;

    /// <summary>
    /// SparseLSR as the authors' repository structures it (log-softmax of all classes, the label's gathered, exp, clamp, log), but with the sign of the
    /// paper's equation 9: -A·log p - B·log(max(1 - p, 1e-7)/(C - 1)), the mean over the rows. Beyond 1 - p = 1e-7 its gradient is 0 instead of B.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="smoothing">ξ, in [0, 1].</param>
    /// <returns>1x1.</returns>
    public static Variable<T> SparseLabelSmoothing<T>(Variable<T> logits, int[] labels, double smoothing)
        where T : struct, IFloatingPointIeee754<T>
    {
        Require(smoothing, logits.Shape, labels);
        double spread = smoothing * (logits.Columns - 1) / logits.Columns;
        Variable<T> logProbability = logits.LogSoftmax().GatherByLabel(labels);
        Variable<T> rest = (1 - logProbability.Exp()).Clamp(Clamp, double.PositiveInfinity) / (logits.Columns - 1);
        return ((-(1 - spread) * logProbability) - (spread * rest.Log())).Mean();
    }

    /// <summary>
    /// Label smoothing by a one-hot matrix: -Σ_j ((1-ξ)·[j = t] + ξ/C)·log p_j, the mean over the rows, with the N x C weights made for each batch.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="smoothing">ξ, in [0, 1].</param>
    /// <returns>1x1.</returns>
    public static Variable<T> OneHotLabelSmoothing<T>(Variable<T> logits, int[] labels, double smoothing)
        where T : struct, IFloatingPointIeee754<T>
    {
        Require(smoothing, logits.Shape, labels);
        int classes = logits.Columns;
        Variable<T> oneHot = logits.Tape.Constant(new Shape(logits.Rows, 1), T.One).ScatterByLabel(labels, classes);
        Variable<T> weights = ((1 - smoothing) * oneHot) + (smoothing / classes);
        return -(weights * logits.LogSoftmax()).Sum() / logits.Rows;
    }

    private static void Require(double smoothing, Shape logits, int[] labels)
    {
        if (smoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing is the share of the label's weight that is spread over all classes, in [0, 1].");
        ArgumentNullException.ThrowIfNull(labels);
        int wrong = Array.FindIndex(labels, label => (uint)label >= (uint)logits.Columns);
        if (wrong >= 0)
            throw new ArgumentException($"labels[{wrong}] is {labels[wrong]}, but the logits have {logits.Columns} classes (0..{logits.Columns - 1}).", nameof(labels));
    }
}
