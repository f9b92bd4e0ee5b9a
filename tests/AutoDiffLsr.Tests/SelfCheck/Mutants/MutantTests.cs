using AutoDiffLsr.SelfCheck.Mutants;
using AutoDiffLsr.Tests.Checking.FsCheck;
using Xunit;

namespace AutoDiffLsr.Tests.SelfCheck.Mutants;

public sealed class MutantTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Catalogue.All.Select(mutant => mutant.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_planted_error_is_caught_and_the_right_function_passes(string name)
    {
        MutantVerdict verdict = MutantRunner.Run(Catalogue.All.Single(mutant => mutant.ToString() == name), Effort.Seed);
        output.WriteLine($"VERDICT {name}: {verdict.Caught} by {string.Join(", ", verdict.By)}; {string.Join(", ", verdict.Others)}");
        Assert.True(verdict.Caught > 0, $"{name}: caught at none of {verdict.Inputs} inputs");
        Assert.Equal(0, verdict.FalseAlarms);
    }

    [Fact]
    public void There_are_at_least_sixty() => Assert.InRange(Catalogue.All.Count, 60, 1000);
}
