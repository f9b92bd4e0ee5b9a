using System.Globalization;
using System.Text.Json;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>The table on the console, line by line as it is measured, and as JSON.</summary>
internal sealed class CompareReport(string machine, double peak)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<RowResult> rows = [];
    private readonly List<string> versions = [];

    public void WriteHead()
    {
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {machine}");
        Console.WriteLine(Text($"multiply-add peak of one core, measured: {peak:F1} GFLOP/s (float)"));
    }

    public void WriteVersions(string line)
    {
        versions.Add(line);
        Console.WriteLine(line);
    }

    public static void WriteColumns(int threads)
    {
        Console.WriteLine();
        Console.WriteLine($"{threads} thread(s); minimum (median), microseconds a call");
        Console.WriteLine($"{"",-42} {"ours",22} {"PyTorch",24} {"ratio",7}");
    }

    public void Add(RowResult row)
    {
        rows.Add(row);
        string torch = row.Torch is null ? "-" : Text($"{row.Torch:F2} ({row.TorchMedian:F2})");
        string ratio = row.Ratio is null ? "-" : Text($"{row.Ratio:F2}x");
        string product = row.GigaFlops is null
            ? ""
            : Text($"   {row.GigaFlops:F1} GFLOP/s, {row.ShareOfPeak:P0} of the peak; MathNet managed {row.MathNet:F0} us, {row.MathNetRatio:F1}x");
        Console.WriteLine($"{row.Name,-42} {Text($"{row.Ours:F2} ({row.OursMedian:F2})"),22} {torch,24} {ratio,7}{product}");
    }

    public void WriteJson(string file)
    {
        var document = new { machine, peak_gflops = peak, date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), versions, rows };
        File.WriteAllText(file, JsonSerializer.Serialize(document, Indented));
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
