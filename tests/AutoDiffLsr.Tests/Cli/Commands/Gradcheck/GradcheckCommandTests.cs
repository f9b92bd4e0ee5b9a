using System.Text.Json;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Gradcheck;

public sealed class GradcheckCommandTests
{
    [Fact]
    public void Json_has_a_row_for_each_thing_checked()
    {
        JsonElement json = CommandLine.Run("gradcheck", "--operation", "layers", "--cases", "5", "--order", "1", "--seed", "7", "--json", "-").Json();
        Assert.True(json.GetProperty("passed").GetBoolean());
        Assert.Equal(7, json.GetProperty("seed").GetInt64());
        JsonElement dense = json.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("name").GetString() == "layer-dense");
        Assert.Equal((1, 5, 0), (dense.GetProperty("order").GetInt32(), dense.GetProperty("cases").GetInt32(), dense.GetProperty("failed").GetInt32()));
        Assert.InRange(dense.GetProperty("worst").GetDouble(), 0, 1);
        Assert.False(json.TryGetProperty("mutants", out _));
    }

    [Theory]
    [InlineData("matmul")]
    [InlineData("programs")]
    [InlineData("nets")]
    public void The_table_has_the_row_asked_for(string name)
    {
        CommandLine run = CommandLine.Run("gradcheck", "--operation", name, "--cases", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"| {name}", run.Output, StringComparison.Ordinal);
        Assert.Contains("No gradient is wrong: 3 cases, seed 1.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_name_is_told_with_a_suggestion() =>
        Assert.Contains("--operation is 'mathmul' (did you mean 'matmul'?)", CommandLine.Run("gradcheck", "--operation", "mathmul").Refusal(), StringComparison.Ordinal);

    [Fact]
    public void The_accuracy_of_numerical_derivatives_is_measured()
    {
        string[] lines = CommandLine.Run("gradcheck", "--accuracy").Output.Split('\n');
        double Largest(string method, string step) => double.Parse(
            lines.Single(line => line.StartsWith($"| {method}", StringComparison.Ordinal) && line.Contains($"| double      | {step} ", StringComparison.Ordinal)).Split('|')[5],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(Largest("Ridders", "chosen"), 0, 1e-11);
        Assert.InRange(Largest("central", "1.0e-6"), 1e-11, 1e-8);
    }
}
