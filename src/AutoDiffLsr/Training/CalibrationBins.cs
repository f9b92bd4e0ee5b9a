namespace AutoDiffLsr.Training;

/// <summary>Samples by the confidence of their prediction: bin m of M holds the confidences in ((m - 1)/M, m/M].</summary>
internal sealed class CalibrationBins(int count)
{
    private readonly double[] confidences = new double[count];
    private readonly long[] right = new long[count];
    private readonly int[] counts = new int[count];
    private long total;
    private bool hasNaN;

    /// <summary>Σ |right - Σ confidence| / samples in all; NaN if a confidence was, or without samples.</summary>
    public double Error
    {
        get
        {
            double gap = hasNaN ? double.NaN : 0;
            for (int bin = 0; bin < count; bin++)
                gap += Math.Abs(right[bin] - confidences[bin]);
            return gap / total;
        }
    }

    /// <summary>The bins from the lowest confidence to the highest.</summary>
    public IReadOnlyList<ReliabilityBin> Bins =>
    [
        .. counts.Select((samples, i) => new ReliabilityBin((double)i / count, (i + 1.0) / count, samples, confidences[i] / samples, (double)right[i] / samples)),
    ];

    public void Add(double confidence, bool isRight)
    {
        total++;
        if (double.IsNaN(confidence))
        {
            hasNaN = true;
            return;
        }

        int bin = Math.Clamp((int)Math.Ceiling(confidence * count) - 1, 0, count - 1);
        confidences[bin] += confidence;
        right[bin] += isRight ? 1 : 0;
        counts[bin]++;
    }
}
