using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Nets;
using AutoDiffLsr.Tests.Checking.FsCheck;
using Xunit;

namespace AutoDiffLsr.Tests.SelfCheck.Nets;

public sealed class NetCaseTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_nets_have_right_gradients_of_both_orders()
    {
        CaseStatistics statistics = new CaseRunner("nets", NetGenerator.Nets(), new CheckOptions()).Run(Effort.Cases(100, 1000), Effort.Seed, (_, _) => "nets");
        output.WriteLine($"{statistics with { Failure = null }}");
        Assert.True(statistics.Failure is null, statistics.Failure);
        Assert.InRange(statistics.Inconclusive, 0, 0.05 * statistics.Cases);
    }

    [Fact]
    public void A_failing_net_shrinks_to_what_fails()
    {
        CaseRunner runner = new("nets", NetGenerator.Nets(), new CheckOptions());
        GradientCase drawn = Enumerable.Range(0, 200).Select(i => runner.Draw(Effort.Seed, i)).First(net => net.ToString()!.Contains("Gelu", StringComparison.Ordinal));
        GradientCase smallest = drawn.Minimize(net => net.ToString()!.Contains("Gelu", StringComparison.Ordinal));
        Assert.StartsWith("Gelu", smallest.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("new ", smallest.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("|", smallest.ToString(), StringComparison.Ordinal);
    }
}
