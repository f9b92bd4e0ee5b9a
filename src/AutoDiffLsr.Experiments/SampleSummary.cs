namespace AutoDiffLsr.Experiments;

/// <summary>Repeated measurements in two numbers.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">The standard deviation with N - 1 in the denominator; NaN for a single one.</param>
public sealed record SampleSummary(double Mean, double Deviation)
{
    /// <summary>Summarizes measurements.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SampleSummary Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("There is nothing to summarize: values is empty.", nameof(values));
        double mean = values.Average();
        return new SampleSummary(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}
