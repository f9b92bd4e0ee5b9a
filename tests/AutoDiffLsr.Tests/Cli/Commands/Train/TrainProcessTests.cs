using System.Diagnostics;
using System.Text.Json;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

public sealed class TrainProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Standard_output_has_the_json_and_nothing_else()
    {
        CommandLine run = ToolProcess.Run(folder.Path, "train", "--data", "blobs", "--hidden", "8", "--epochs", "2", "--json", "-");
        JsonElement json = run.Json();
        Assert.StartsWith("{", run.Output);
        Assert.EndsWith("}\n", run.Output);
        string output = json.GetProperty("output").GetString()!;
        Assert.Matches("^runs[/\\\\][0-9]{8}-[0-9]{6}-blobs-sparse-lsr$", output);
        Assert.True(File.Exists(Path.Combine(folder.Path, output, "metrics.json")));
        Assert.Contains("epoch 2/2", run.Error);
    }

    [Fact]
    public void Ctrl_C_stops_after_the_batch_saves_and_says_so() => Stop(tool => tool.Interrupt(), expected: 130);

    [Fact]
    public void SIGTERM_is_as_Ctrl_C_with_a_code_of_its_own() => Stop(tool => tool.Terminate(), expected: 143);

    [Fact]
    public void A_full_disk_behind_standard_output_costs_no_training()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        string tool = Path.Combine(AppContext.BaseDirectory, "autodiff-lsr.dll");
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet exec '{tool}' train --data blobs --hidden 4 --epochs 2 --output run > /dev/full"]) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, error);
        Assert.Contains("standard output cannot be written", error, StringComparison.Ordinal);
        Assert.Equal(["config.json", "history.csv", "metrics.json", "model.safetensors", "report.html"], Directory.GetFiles(folder["run"]).Select(Path.GetFileName).Order());
    }

    private void Stop(Action<ToolProcess> stop, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        using ToolProcess tool = ToolProcess.Start(folder.Path, "train", "--data", "blobs", "--hidden", "8", "--epochs", "1000000", "--output", "run");
        while (tool.ReadLine() is { } line && !line.StartsWith("epoch", StringComparison.Ordinal))
        {
            // Before the first epoch there is nothing to interrupt yet.
        }

        stop(tool);
        CommandLine run = tool.Finish();
        Assert.Equal(expected, run.ExitCode);
        Assert.Contains("autodiff-lsr: interrupted after batch", run.Error);
        Assert.Contains("are saved in run", run.Error);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["run"], "metrics.json")));
        Assert.True(metrics.RootElement.GetProperty("interrupted").GetBoolean());
        int done = metrics.RootElement.GetProperty("epochs_done").GetInt32();
        Assert.InRange(done, 1, 999_999);
        Assert.Equal(done + 1, File.ReadAllLines(Path.Combine(folder["run"], "history.csv")).Length);
        Assert.True(File.Exists(Path.Combine(folder["run"], AutoDiffLsr.Cli.Training.RunFiles.Model)));
    }

    [Fact]
    public void Bad_input_ends_the_process_with_2_and_no_trace()
    {
        CommandLine run = ToolProcess.Run(folder.Path, "train", "--data", "missing.csv");
        Assert.Contains("--data missing.csv", run.Refusal());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Path, "runs")));
    }
}
