using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Cli.Commands.Bench;

/// <summary>The machine's limits and what was reached of them.</summary>
internal sealed class BenchResult
{
    private const int CacheBytes = 256 << 10;
    private const int MemoryBytes = 64 << 20;

    private readonly int threads = Compute.Threads;
    private readonly double multiplyAdd = MachineLimits.MultiplyAddRate<float>();
    private readonly double cacheCopy = MachineLimits.CopyRate(CacheBytes);
    private readonly double memoryCopy = MachineLimits.CopyRate(MemoryBytes);
    private readonly List<(BenchCase Case, double Seconds)> lines = [];

    private BenchResult()
    {
    }

    /// <summary>Measures each case for this many seconds.</summary>
    public static BenchResult Measure(double seconds)
    {
        BenchResult result = new();
        foreach (BenchCase one in BenchCase.All())
            result.lines.Add((one, Stopclock.SecondsOfFastest(one.Prepare(), seconds)));
        return result;
    }

    public void WriteText(TextWriter output)
    {
        output.WriteLine(Text($"limits of one core, measured ({MachineLimits.Instructions}): {multiplyAdd:F0} GFLOP/s in float"));
        output.WriteLine(Text($"copying 256 KiB: {cacheCopy:F0} GB/s, 64 MiB: {memoryCopy:F1} GB/s (read and written)"));
        output.WriteLine(Text($"at most {threads} thread(s); fastest call of each"));
        output.WriteLine();
        foreach ((BenchCase one, double seconds) in lines)
            output.WriteLine(Text($"{one.Name,-40} {seconds * 1e6,12:F2} us   {Reached(one, seconds)}"));
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("instructions", MachineLimits.Instructions);
        writer.WriteNumber("threads", threads);
        writer.WriteNumber("multiply_add_gflops", multiplyAdd);
        writer.WriteNumber("cache_copy_gbs", cacheCopy);
        writer.WriteNumber("memory_copy_gbs", memoryCopy);
        writer.WriteStartArray("rows");
        foreach ((BenchCase one, double seconds) in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("name", one.Name);
            writer.WriteNumber("us", seconds * 1e6);
            if (one.Operations > 0)
                writer.WriteNumber("gflops", one.Operations / seconds / 1e9);
            if (one.Bytes > 0)
                writer.WriteNumber("gbs", one.Bytes / seconds / 1e9);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private string Reached(BenchCase one, double seconds)
    {
        if (one.Bytes > 0)
            return Text($"{one.Bytes / seconds / 1e9:F1} GB/s");
        double rate = one.Operations / seconds / 1e9;
        return Text($"{rate:F1} GFLOP/s, {rate / (multiplyAdd * threads):P0} of the limit");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
