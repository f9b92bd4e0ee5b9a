using Xunit;

namespace AutoDiffLsr.PackageTests;

[Collection("packages")]
[Trait("Category", "Packages")]
public sealed class ConsumerTests(PackedSolution solution)
{
    [Fact]
    public void The_program_of_every_readme_builds_from_the_packages_and_prints_what_the_readme_says()
    {
        ConsumerProject project = new(solution, "consumer", [.. PackedSolution.Libraries.Select(row => row.Data)]);
        project.Dotnet("build", "-o", "out").Succeeded();
        Assert.Equal(project.Output, project.Run("out").Succeeded(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Without_FsCheck_they_also_become_native_code_without_a_warning()
    {
        NativeToolchain.Fetch(solution.Folder);
        ConsumerProject project = new(solution, "native", [.. PackedSolution.Libraries.Select(row => row.Data).Where(name => name != "AutoDiffLsr.Checking.FsCheck")], aot: true);
        DotnetRun publish = project.Dotnet("publish", "--use-current-runtime", "-o", "out");
        if (publish.ExitCode != 0 && NativeToolchain.WhyMissing(publish.Output) is { } reason)
            Assert.Skip(reason);
        Assert.DoesNotContain("warning", publish.Succeeded(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(project.Output, project.Run("out").Succeeded(), ignoreLineEndingDifferences: true);
    }
}
