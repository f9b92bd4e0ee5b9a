using System.Diagnostics;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>Runs the numerical tests again in a process whose runtime is told that the machine has less.</summary>
public sealed class NarrowerMachineTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task Everything_holds_without(string instructions)
    {
        Assert.SkipWhen(InstructionSets.Best == InstructionSet.Portable, "this machine, or this process, has no wider instructions to take away");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(instructions) == "0", "already taken away");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[
            typeof(NarrowerMachineTests).Assembly.Location, "-class", typeof(GemmTests).FullName!, "-class", typeof(FunctionsTests).FullName!,
            "-class", typeof(FunctionAccuracyTests).FullName!, "-class", typeof(ExpBelowZeroTests).FullName!, "-class", typeof(RowKernelsTests).FullName!])
            start.ArgumentList.Add(argument);
        start.Environment[instructions] = "0";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.DoesNotContain("Total: 0", output);
    }
}
