using System.Text.Json;
using Xunit;

namespace AutoDiffLsr.PackageTests;

[Collection("packages")]
[Trait("Category", "Packages")]
public sealed class ToolTests(PackedSolution solution)
{
    [Fact]
    public void The_tool_installs_from_a_folder_and_trains()
    {
        string tools = Path.Combine(solution.Folder, "tools");
        DotnetRun.Dotnet(
            solution.Folder, "tool", "install", PackedSolution.Tool, "--tool-path", tools, "--add-source", solution.Packages, "--version", solution.Version).Succeeded();
        string run = Path.Combine(solution.Folder, "run");
        string tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "autodiff-lsr.exe" : "autodiff-lsr");
        DotnetRun.Program(tool, solution.Folder, "train", "--data", "moons", "--epochs", "2", "--output", run).Succeeded();

        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")));
        Assert.InRange(metrics.RootElement.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }
}
