using System.Globalization;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

public sealed class TrainResumeTests : IDisposable
{
    private static readonly string[] Training = ["train", "--data", "moons", "--hidden", "12,8", "--dropout", "0.2", "--optimizer", "adam", "--epochs", "6", "--quiet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Killed_at_fifty_random_moments_it_ends_with_the_same_bits()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is of Unix.");
        Assert.Equal(0, CommandLine.Run([.. Training, "--output", folder["whole"]]).ExitCode);
        RandomSource random = new(2024);
        int kills = 0, resumed = 0;
        for (int training = 0; kills < 50; training++)
        {
            string output = folder[FormattableString.Invariant($"killed-{training}")];
            string[] arguments = [.. Training, "--output", output, "--checkpoint-every", "1", "--resume"];
            bool isDone = false;
            while (!isDone && kills < 50)
            {
                using ToolProcess tool = ToolProcess.Start(folder.Path, arguments);
                WaitForRandomMoment(tool, Path.Combine(output, RunFiles.Checkpoint), random);
                bool wasKilled = tool.Kill();
                kills += wasKilled ? 1 : 0;
                isDone = !wasKilled;
                resumed += File.Exists(Path.Combine(output, RunFiles.Checkpoint)) ? 1 : 0;
            }

            CommandLine last = ToolProcess.Run(folder.Path, arguments);
            Assert.True(last.ExitCode == 0, last.Error);
            AssertSameResult(folder["whole"], output);
        }

        Assert.True(resumed > 10, $"Only {resumed} of the processes had a checkpoint to go on from.");
    }

    [Fact]
    public void Stopped_by_Ctrl_C_it_goes_on_where_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        string[] training = ["train", "--data", "blobs", "--hidden", "8", "--epochs", "40"];
        Assert.Equal(0, CommandLine.Run([.. training, "--output", folder["whole"], "--quiet"]).ExitCode);
        using (ToolProcess tool = ToolProcess.Start(folder.Path, [.. training, "--output", "run", "--checkpoint-every", "1000000"]))
        {
            while (tool.ReadLine() is { } line && !line.StartsWith("epoch", StringComparison.Ordinal))
            {
                // Before the first epoch there is nothing to interrupt yet.
            }

            tool.Interrupt();
            Assert.Equal(130, tool.Finish().ExitCode);
        }

        Assert.Equal(0, CommandLine.Run([.. training, "--output", folder["run"], "--resume", "--quiet"]).ExitCode);
        AssertSameResult(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_finished_training_gives_its_result_again()
    {
        string[] training = [.. Training, "--output", folder["run"], "--resume", "--checkpoint-every", "7"];
        Assert.Equal(0, CommandLine.Run(training).ExitCode);
        byte[] before = ModelBytes.Of(folder["run/model.safetensors"]);
        CommandLine again = CommandLine.Run(training);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(before, ModelBytes.Of(folder["run/model.safetensors"]));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_by_the_difference_and_stays()
    {
        Assert.Equal(0, CommandLine.Run([.. Training, "--output", folder["run"], "--checkpoint-every", "100"]).ExitCode);
        byte[] before = File.ReadAllBytes(folder["run/checkpoint.safetensors"]);
        AssertRefused("--seed is 1 in the training to resume and 2 here: leave it out to go on", "--seed", "2");
        AssertRefused("--hidden is 12,8 in the training to resume and 12,9 here", "--hidden", "12,9");
        AssertRefused("--label-noise is 0 in the training to resume and 0.1 here", "--label-noise", "0.1");
        AssertRefused("is of a training of 6 epochs, and 5 are asked for here", "--epochs", "5");
        File.Delete(folder["run/config.json"]);
        AssertRefused("seed is \"1\" there and \"2\" here", "--seed", "2");
        AssertRefused("architecture is \"Dense 2 -> 12, Relu, Dropout 0.2, Dense 12 -> 8,", "--hidden", "12,9");
        AssertRefused("training data is \"", "--label-noise", "0.1");
        Assert.Equal(before, File.ReadAllBytes(folder["run/checkpoint.safetensors"]));

        void AssertRefused(string reason, params string[] other)
        {
            string[] common = [.. Training];
            if (Array.IndexOf(common, other[0]) is >= 0 and int at)
                common = [.. common[..at], .. common[(at + 2)..]];
            Assert.Contains(reason, CommandLine.Run([.. common, .. other, "--output", folder["run"], "--resume"]).Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Resume_alone_goes_on_with_the_settings_of_the_checkpoint_and_says_where()
    {
        Assert.Equal(0, CommandLine.Run([.. Training, "--output", folder["whole"]]).ExitCode);
        Assert.Equal(0, CommandLine.Run([.. Training, "--output", folder["run"], "--checkpoint-every", "37"]).ExitCode);
        CommandLine resumed = CommandLine.Run("train", "--resume", "--output", folder["run"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Matches(@"(?m)^going on from the checkpoint: \d of 6 epochs and \d+ of \d+ batches are done$", resumed.Output);
        AssertSameResult(folder["whole"], folder["run"]);
    }

    [Fact]
    public void More_epochs_than_planned_give_what_that_many_at_once_give()
    {
        string[] training = [.. Training[..^3], "--schedule", "constant", "--quiet"];
        Assert.Equal(0, CommandLine.Run([.. training, "--epochs", "5", "--output", folder["whole"]]).ExitCode);
        Assert.Equal(0, CommandLine.Run([.. training, "--epochs", "3", "--output", folder["run"], "--checkpoint-every", "1"]).ExitCode);
        CommandLine resumed = CommandLine.Run("train", "--resume", "--output", folder["run"], "--epochs", "5");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        AssertSameResult(folder["whole"], folder["run"]);
    }

    [Fact]
    public void Folders_that_cannot_be_resumed_are_told()
    {
        Assert.Contains("--resume needs --output DIR", CommandLine.Run([.. Training, "--resume"]).Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["other"]);
        File.WriteAllText(folder["other/thesis.txt"], "");
        Assert.Contains("has files but no checkpoint.safetensors to resume from", CommandLine.Run([.. Training, "--output", folder["other"], "--resume"]).Refusal(), StringComparison.Ordinal);
        Assert.Equal([folder["other/thesis.txt"]], Directory.GetFiles(folder["other"]));
    }

    [Fact]
    public void A_second_process_is_kept_out_of_the_folder()
    {
        Directory.CreateDirectory(folder["run"]);
        using FolderLock first = FolderLock.Acquire(folder["run"]);
        string refusal = ToolProcess.Run(folder.Path, [.. Training, "--output", "run"]).Refusal();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"run: process {Environment.ProcessId} (started"), refusal, StringComparison.Ordinal);
        Assert.Contains("writes here; wait until it has ended, or choose another folder", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_ends_training_with_one_line_and_what_was_saved_goes_on_when_there_is_room()
    {
        Directory.CreateDirectory(folder["disk"]);
        using SmallDisk disk = SmallDisk.Mount(folder["disk"], kilobytes: 100);
        string[] training = ["train", "--data", "moons", "--hidden", "60,60", "--epochs", "2", "--optimizer", "adam", "--quiet", "--checkpoint-every", "1", "--resume"];
        Assert.EndsWith("checkpoint.safetensors: cannot be written: the disk is full; the file that was there is untouched", CommandLine.Run([.. training, "--output", folder["disk/run"]]).Refusal(), StringComparison.Ordinal);
        Assert.Equal([folder["disk/run/checkpoint.safetensors"], folder["disk/run/config.json"]], Directory.GetFiles(folder["disk/run"]).Order());
        disk.Resize(kilobytes: 4096);
        Assert.Equal(0, CommandLine.Run([.. training, "--output", folder["disk/run"]]).ExitCode);
        Assert.Equal(0, CommandLine.Run([.. training, "--output", folder["whole"]]).ExitCode);
        AssertSameResult(folder["whole"], folder["disk/run"]);
    }

    /// <summary>Mostly a moment after this process wrote its first checkpoint, however slow the machine is; sometimes a moment while it starts.</summary>
    private static void WaitForRandomMoment(ToolProcess tool, string checkpoint, RandomSource random)
    {
        DateTime before = File.GetLastWriteTimeUtc(checkpoint);
        while (random.NextInt(400) != 0 && !tool.HasExited && File.GetLastWriteTimeUtc(checkpoint) == before)
            Thread.Sleep(5);
        Thread.Sleep(random.NextInt(150));
    }

    private static void AssertSameResult(string expected, string actual)
    {
        Assert.Equal(ModelBytes.Of(Path.Combine(expected, RunFiles.Model)), ModelBytes.Of(Path.Combine(actual, RunFiles.Model)));
        Assert.Equal(History(expected), History(actual));
    }

    /// <summary>All but the seconds, which are the only thing that differs from run to run.</summary>
    private static string[] History(string run) =>
        [.. File.ReadAllLines(Path.Combine(run, RunFiles.History)).Select(line => line[..line.LastIndexOf(',')])];
}
