using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Compare;

public sealed class CompareProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ctrl_C_keeps_what_is_finished_and_the_same_command_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        string[] command = ["compare", "--data", "blobs", "--hidden", "8", "--epochs", "3", "--losses", "ce,lsr", "--seeds", "20", "--threads", "1"];
        using ToolProcess tool = ToolProcess.Start(folder.Path, command);
        while (tool.ReadLine() is { } line && !line.StartsWith('['))
        {
            // Before the first run is finished there is nothing to keep.
        }

        tool.Interrupt();
        CommandLine stopped = tool.Finish();
        Assert.Equal(130, stopped.ExitCode);
        Assert.Matches(@"autodiff-lsr: interrupted: \d+ of 40 runs are kept in runs[/\\]compare-blobs-[0-9a-f]{8}; the same command goes on from there", stopped.Error);
        string run = Assert.Single(Directory.GetDirectories(folder["runs"]));
        int kept = Directory.GetFiles(Path.Combine(run, "cells"), "*.json").Length;
        Assert.InRange(kept, 1, 39);
        CommandLine again = ToolProcess.Run(folder.Path, command);
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Contains($"40 runs, {kept} of them finished before", again.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
    }
}
