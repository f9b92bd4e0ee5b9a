using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>A bar of a reliability diagram: the samples whose prediction has a confidence in (Low, High].</summary>
/// <param name="Low">The lower edge.</param>
/// <param name="High">The upper edge.</param>
/// <param name="Count">How many samples there are.</param>
/// <param name="MeanConfidence">Their mean confidence; NaN without samples.</param>
/// <param name="Accuracy">The share of them that is right; NaN without samples.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double MeanConfidence, double Accuracy)
{
    /// <summary>Sorts predictions into bins of equal width. One without a confidence, because a logit is NaN, is in none.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">N x C.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="bins">How many bins; 15 is the literature's number.</param>
    /// <returns>The bins from the lowest confidence to the highest.</returns>
    public static IReadOnlyList<ReliabilityBin> Of<T>(Matrix<T> logits, ReadOnlySpan<int> labels, int bins = 15)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        CalibrationBins sorted = new(bins);
        foreach (Prediction prediction in Prediction.All(logits, labels))
            sorted.Add(prediction.Confidence, prediction.IsRight);
        return sorted.Bins;
    }
}
