using System.Text.Json;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Bench;

public sealed class BenchCommandTests
{
    [Fact]
    public void Json_has_the_limits_and_every_row_with_its_rate()
    {
        JsonElement json = CommandLine.Run("bench", "--seconds", "0.001", "--json", "-").Json();
        Assert.All(["multiply_add_gflops", "cache_copy_gbs", "memory_copy_gbs"], limit => Assert.True(json.GetProperty(limit).GetDouble() > 0));
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Contains(rows, row => row.GetProperty("name").GetString() == "step 784-128-10 batch 128 adam");
        Assert.All(rows, row => Assert.True(row.GetProperty("us").GetDouble() > 0));
        Assert.All(rows, row => Assert.True((row.TryGetProperty("gflops", out JsonElement rate) || row.TryGetProperty("gbs", out rate)) && rate.GetDouble() > 0));
    }

    [Fact]
    public void A_wrong_time_is_refused() =>
        Assert.Contains("--seconds is '0'", CommandLine.Run("bench", "--seconds", "0").Refusal(), StringComparison.Ordinal);
}
