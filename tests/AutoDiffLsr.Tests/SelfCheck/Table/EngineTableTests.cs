using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Checking.FsCheck;
using Xunit;

namespace AutoDiffLsr.Tests.SelfCheck.Table;

public sealed class EngineTableTests(ITestOutputHelper output)
{
    /// <summary>A case may be inconclusive, but a line of the table must say something.</summary>
    private const double MostInconclusive = 0.02;

    public static TheoryData<string> Names => [.. EngineTable.Lines.Select(line => line.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_has_right_gradients_of_both_orders(string name)
    {
        TableLine line = EngineTable.Lines.Single(line => line.Name == name);
        CaseStatistics statistics = new CaseRunner(line.Name, line.Cases, line.Options).Run(Effort.Cases(40, 1000), Effort.Seed, (_, _) => name);
        output.WriteLine($"{statistics with { Failure = null }}");
        Assert.True(statistics.Failure is null, statistics.Failure);
        Assert.InRange(statistics.Inconclusive, 0, 1 + (MostInconclusive * statistics.Cases));
    }

    [Fact]
    public void Every_public_operation_loss_and_layer_has_a_line()
    {
        string[] offered = [.. PublicSurface.Operations(), .. PublicSurface.Losses(), .. PublicSurface.Layers()];
        Assert.True(offered.Length > 60, $"reflection found only {offered.Length} members");
        Assert.Equal([], offered.Except(EngineTable.Lines.SelectMany(line => line.Covers)));
    }

    [Fact]
    public void Every_line_stands_for_something_that_exists()
    {
        string[] offered = [.. PublicSurface.Operations(), .. PublicSurface.Losses(), .. PublicSurface.Layers()];
        Assert.Equal([], EngineTable.Lines.SelectMany(line => line.Covers).Except(offered));
        Assert.Equal(EngineTable.Lines.Count, EngineTable.Lines.Select(line => line.Name).Distinct().Count());
    }

    [Fact]
    public void A_kink_is_met_often_enough_to_be_tested()
    {
        int cases = Effort.Cases(400, 400);
        foreach (string name in new[] { "relu", "abs", "clamp", "maximum" })
        {
            TableLine line = EngineTable.Lines.Single(line => line.Name == name);
            CaseStatistics statistics = new CaseRunner(line.Name, line.Cases, new CheckOptions { Order = 1 }).Run(cases, Effort.Seed, (_, _) => name);
            Assert.True(statistics.Kinks >= cases / 40, $"{name}: {statistics.Kinks} kinks of {statistics.Cases}");
        }
    }
}
