using System.Globalization;

namespace AutoDiffLsr.Cli.Commands.Inspect;

/// <summary>Weights as one line: their range, and how they are spread over it.</summary>
internal static class WeightSummary
{
    private const int Bins = 30;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <summary>"0.weight 784x128  -0.41 |▁▃█▃▁| 0.38  mean 0.001  deviation 0.05".</summary>
    public static string Of(string name, IEnumerable<double> weights)
    {
        double[] values = [.. weights];
        double low = values.Min(), high = values.Max(), mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return string.Create(CultureInfo.InvariantCulture, $"{name,-20} {low,9:G3} |{Histogram(values, low, high)}| {high,-9:G3} mean {mean:G3}, deviation {deviation:G3}");
    }

    /// <summary>A bin that is not empty shows at least the lowest bar.</summary>
    private static string Histogram(double[] values, double low, double high)
    {
        int[] counts = new int[Bins];
        double scale = high > low ? Bins / (high - low) : 0;
        foreach (double value in values)
            counts[Math.Min(Bins - 1, (int)((value - low) * scale))]++;
        int most = counts.Max();
        return string.Concat(counts.Select(count => Bars[(int)Math.Ceiling((double)count / most * (Bars.Length - 1))]));
    }
}
