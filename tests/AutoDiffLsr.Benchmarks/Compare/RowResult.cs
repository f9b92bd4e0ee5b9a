using System.Text.Json.Serialization;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>A line of the table as it was measured. Ratios are of minima, PyTorch's time over ours; null where nobody was there to be timed.</summary>
internal sealed record RowResult(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("ours_us")] double Ours,
    [property: JsonPropertyName("torch_us")] double? Torch,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("ours_median_us")] double OursMedian,
    [property: JsonPropertyName("torch_median_us")] double? TorchMedian,
    [property: JsonPropertyName("gflops")] double? GigaFlops = null,
    [property: JsonPropertyName("share_of_peak")] double? ShareOfPeak = null,
    [property: JsonPropertyName("mathnet_us")] double? MathNet = null,
    [property: JsonPropertyName("mathnet_ratio")] double? MathNetRatio = null)
{
    public static RowResult Of(string name, int threads, double[] ours, double[]? torch) => new(
        name,
        ours.Min(),
        torch?.Min(),
        torch is null ? null : torch.Min() / ours.Min(),
        threads,
        Median(ours),
        torch is null ? null : Median(torch));

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
