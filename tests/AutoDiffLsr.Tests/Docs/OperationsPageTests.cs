using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>docs/operations.md is what the source and the table of the self-check say.</summary>
public sealed class OperationsPageTests
{
    [Fact]
    public void The_page_of_operations_is_up_to_date()
    {
        string made = OperationsPage.Make();
        if (Environment.GetEnvironmentVariable("AUTODIFFLSR_WRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, OperationsPage.Path), made);
        string[] expected = made.Split('\n'), found = Repository.Read(OperationsPage.Path).Split('\n');
        Assert.True(
            expected.SequenceEqual(found),
            $"{OperationsPage.Path} is stale; write it anew with AUTODIFFLSR_WRITE_DOCS=1 dotnet test tests/AutoDiffLsr.Tests --filter OperationsPage\n{string.Join('\n', expected.Except(found).Take(5))}");
    }

    [Fact]
    public void Every_public_operation_has_a_formula_and_a_rule_in_its_comment()
    {
        ILookup<string, OperationSource> sources = OperationSource.Read().ToLookup(source => source.Key);
        Assert.Equal([], PublicSurface.Operations().Where(key => !sources.Contains(key)));
        Assert.Equal([], sources.SelectMany(group => group).Where(source => PublicSurface.Operations().Contains(source.Key) && source.Formula.Length == 0).Select(source => source.Key));
    }
}
