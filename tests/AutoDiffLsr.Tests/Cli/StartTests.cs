using System.Diagnostics;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli;

/// <summary>A command loads what it needs and nothing else: the other assemblies are replaced by files that cannot be loaded.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("MathNet.Numerics, System.Numerics.Tensors, OxyPlot, Spectre.Console, Google.Protobuf, FsCheck, FSharp.Core, AutoDiffLsr.Onnx, AutoDiffLsr.Checking, AutoDiffLsr.Checking.FsCheck, AutoDiffLsr.Experiments", "--version")]
    [InlineData("Google.Protobuf, FsCheck, FSharp.Core, AutoDiffLsr.Onnx, AutoDiffLsr.Checking, AutoDiffLsr.Checking.FsCheck", "train", "--data", "moons", "--epochs", "1", "--output", "run")]
    [InlineData("AutoDiffLsr.Cluster, Orleans.Core, Orleans.Core.Abstractions, Orleans.Runtime, Orleans.Serialization, Orleans.Clustering.Redis, Orleans.Connections.Security, StackExchange.Redis, Microsoft.Extensions.Hosting, Google.Protobuf, FsCheck", "search", "--data", "blobs", "--rows", "60", "--population", "6", "--generations", "1", "--steps", "5", "--meta-steps", "2", "--rejection", "none", "--tuning-runs", "1", "--seeds", "1", "--output", "run")]
    [InlineData("AutoDiffLsr.Cluster, Orleans.Core, Orleans.Core.Abstractions, Orleans.Runtime, Orleans.Serialization, StackExchange.Redis, Microsoft.Extensions.Hosting", "compare", "--data", "blobs", "--losses", "ce", "--seeds", "1", "--epochs", "1", "--output", "run")]
    [InlineData("AutoDiffLsr.Cluster, Orleans.Core, Orleans.Runtime, StackExchange.Redis, Microsoft.Extensions.Hosting", "worker", "--help")]
    [InlineData("OxyPlot, Google.Protobuf, AutoDiffLsr.Onnx", "gradcheck", "--operation", "exp", "--cases", "1")]
    public async Task A_command_loads_no_assembly_that_it_does_not_need(string others, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        CopyTool(folder["tool"]);
        foreach (string assembly in others.Split(", "))
        {
            string file = Path.Combine(folder["tool"], $"{assembly}.dll");
            Assert.True(File.Exists(file), $"{assembly} is no assembly of the tool.");
            File.WriteAllText(file, "not an assembly");
        }

        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(folder["tool"], "autodiff-lsr.dll"), .. arguments])
        {
            WorkingDirectory = folder["tool"],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);
    }

    private static void CopyTool(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(IsOfTheTool))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    // The tests' folder has the tool in it, and much besides: the largest files are those of ONNX Runtime.
    private static bool IsOfTheTool(string file) =>
        Path.GetFileName(file) is var name && (name.StartsWith("autodiff-lsr.", StringComparison.Ordinal) || (name.EndsWith(".dll", StringComparison.Ordinal) && new FileInfo(file).Length < 5_000_000));
}
