using System.CommandLine;
using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Commands;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands;

/// <summary>Nothing is lost, by any command and any option that names an output: both are taken from the tree of commands, so that a new one is tried as well.</summary>
public sealed class OutputPathsTests : IDisposable
{
    private const string Finished = "finished, and dear to somebody\n";

    /// <summary>A quick call of each command; what it reads, TABLE, MODEL and LOGITS, is made by the test.</summary>
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["train"] = "--data TABLE --epochs 1 --hidden none",
        ["compare"] = "--data TABLE --losses ce --seeds 1 --epochs 1 --hidden none",
        ["predict"] = "--model MODEL --data TABLE",
        ["evaluate"] = "--model MODEL --data TABLE",
        ["export"] = "--model MODEL --encoded",
        ["inspect"] = "--model MODEL",
        ["diff"] = "MODEL MODEL",
        ["bench"] = "--seconds 0.001",
        ["loss"] = "--logits LOGITS --labels 0,1",
        ["gradcheck"] = "--operation exp --cases 1 --order 1",
        ["plot losses"] = "--without-cost",
        ["plot tape"] = "",
        ["plot features"] = "--data TABLE --model MODEL --perplexity 5",
        ["search"] = "--data TABLE --label-column class --population 4 --generations 2 --hidden 2 --steps 20 --meta-steps 2 --seeds 1 --tuning-runs 1",
    };

    private static readonly string[] SlowToFinish = ["bench"];

    private readonly TemporaryFolder folder = new();

    public OutputPathsTests()
    {
        File.WriteAllText(folder["table.csv"], "u,v,class\n" + string.Concat(Enumerable.Range(0, 150).Select(i => FormattableString.Invariant($"{i % 7 * 0.1 + 0.01 * i},{i % 3},{(i % 2 == 0 ? "a" : "b")}\n"))));
        File.WriteAllText(folder["logits.csv"], "1,2\n3,4\n");
        CommandLine trained = CommandLine.Run("train", "--data", folder["table.csv"], "--epochs", "1", "--hidden", "3", "--output", folder["model"]);
        Assert.True(trained.ExitCode == 0, trained.Error);
    }

    public static TheoryData<string, string> FileOptions => Of(PathUse.OutputFile);

    public static TheoryData<string, string> FolderOptions => Of(PathUse.OutputFolder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_option_that_takes_a_path_says_what_is_done_with_it_and_every_command_with_an_output_has_force()
    {
        foreach ((string name, Command command) in Commands())
        {
            foreach (Option option in command.Options.Where(option => option.HelpName is { } help && (help.Contains("FILE", StringComparison.Ordinal) || help.Contains("DIR", StringComparison.Ordinal))))
                Assert.True(option is IPathOption { Use: not PathUse.None }, $"{name} {option.Name} takes a path, but is no {nameof(IPathOption)}");
            bool writes = command.Options.OfType<IPathOption>().Any(option => option.Use is PathUse.OutputFile or PathUse.OutputFolder);
            Assert.True(writes == command.Options.OfType<ForceOption>().Any(), $"{name} {(writes ? "writes files" : "writes nothing")}");
            Assert.True(!writes || Calls.ContainsKey(name), $"{name} writes files: give a quick call of it here");
        }
    }

    [Theory]
    [MemberData(nameof(FileOptions))]
    public void A_finished_file_is_replaced_only_with_force(string command, string option)
    {
        File.WriteAllText(folder["out"], Finished);
        string refusal = Run(command, option, folder["out"]).Refusal();
        Assert.Equal($"{option} {folder["out"]} is there already: give another file, or --force to replace it", refusal);
        Assert.Equal(Finished, File.ReadAllText(folder["out"]));
        if (SlowToFinish.Contains(command))
            return;
        AssertDone(Run(command, option, folder["out"], "--force"));
        Assert.NotEqual(Finished, File.ReadAllText(folder["out"]));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
    }

    [Theory]
    [MemberData(nameof(FileOptions))]
    public void A_link_is_replaced_with_force_and_what_it_points_to_is_never_touched(string command, string option)
    {
        File.WriteAllText(folder["precious"], Finished);
        File.CreateSymbolicLink(folder["link"], folder["precious"]);
        Assert.Contains("is there already", Run(command, option, folder["link"]).Refusal(), StringComparison.Ordinal);
        File.CreateSymbolicLink(folder["dangling"], folder["nothing"]);
        Assert.Contains("is there already", Run(command, option, folder["dangling"]).Refusal(), StringComparison.Ordinal);
        if (!SlowToFinish.Contains(command))
            AssertDone(Run(command, option, folder["link"], "--force"));
        Assert.Equal(Finished, File.ReadAllText(folder["precious"]));
        Assert.False(File.Exists(folder["nothing"]));
    }

    [Theory]
    [MemberData(nameof(FileOptions))]
    public void An_input_is_never_written_onto_whatever_way_leads_to_it(string command, string option)
    {
        Directory.CreateSymbolicLink(folder["here"], folder.Path);
        File.CreateSymbolicLink(folder["link"], folder["table.csv"]);
        byte[] table = File.ReadAllBytes(folder["table.csv"]), model = File.ReadAllBytes(ModelPath), logits = File.ReadAllBytes(folder["logits.csv"]);
        foreach ((string input, string file) in new[] { ("TABLE", "table.csv"), ("MODEL", "model/model.safetensors"), ("LOGITS", "logits.csv"), ("TABLE", "link") }.Where(entry => Calls[command].Contains(entry.Item1, StringComparison.Ordinal)))
        {
            foreach (string path in new[] { folder[file], Path.Combine(folder["here"], file), Path.Combine(folder.Path, "model", "..", file) })
                Assert.Contains("reads, and would be lost: give another file", Run(command, option, path, "--force").Refusal(), StringComparison.Ordinal);
        }

        Assert.Equal(table, File.ReadAllBytes(folder["table.csv"]));
        Assert.Equal(model, File.ReadAllBytes(ModelPath));
        Assert.Equal(logits, File.ReadAllBytes(folder["logits.csv"]));
    }

    [Theory]
    [MemberData(nameof(FileOptions))]
    public void A_place_that_cannot_be_written_is_refused_before_any_work(string command, string option)
    {
        Assert.Contains("there is no folder", Run(command, option, folder["no/where"]).Refusal(), StringComparison.Ordinal);
        Assert.Contains("it is a folder, but a file is needed", Run(command, option, folder["model"]).Refusal(), StringComparison.Ordinal);
        Assert.Equal($"{option} is empty: give a file", Run(command, option, "").Refusal());
    }

    [Theory]
    [MemberData(nameof(FolderOptions))]
    public void A_folder_with_anything_in_it_is_taken_only_with_force_and_other_files_stay(string command, string option)
    {
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(folder["out/notes.txt"], Finished);
        File.WriteAllText(folder["out/report.html"], Finished);
        AssertRefused("--force", Run(command, option, folder["out"]));
        Assert.Equal(Finished, File.ReadAllText(folder["out/report.html"]));
        AssertDone(Run(command, option, folder["out"], "--force"));
        Assert.Equal(Finished, File.ReadAllText(folder["out/notes.txt"]));
        Assert.Empty(Directory.GetFiles(folder["out"], ".*", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(FolderOptions))]
    public void A_folder_with_a_link_in_it_is_refused_even_with_force(string command, string option)
    {
        File.WriteAllText(folder["precious"], Finished);
        foreach (string name in new[] { FolderLock.FileName, "report.html", "cells.jsonl" })
        {
            Directory.CreateDirectory(folder["out"]);
            File.CreateSymbolicLink(Path.Combine(folder["out"], name), folder["precious"]);
            AssertRefused($"has a link, {name}, which is not followed", Run(command, option, folder["out"], "--force"));
            Assert.Equal(Finished, File.ReadAllText(folder["precious"]));
            Directory.Delete(folder["out"], recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(FolderOptions))]
    public void A_folder_with_an_input_in_it_is_not_written_into_with_force(string command, string option)
    {
        if (!Calls[command].Contains("TABLE", StringComparison.Ordinal))
            return;
        byte[] table = File.ReadAllBytes(folder["table.csv"]);
        Assert.Matches("has what --(data|model) reads, which --force might replace", Run(command, option, folder.Path, "--force").Refusal());
        Assert.Equal(table, File.ReadAllBytes(folder["table.csv"]));
    }

    [Fact]
    public void Two_outputs_are_two_files_and_none_lies_in_the_folder_of_another()
    {
        Assert.Equal($"--onnx and --npz are both {folder["new"]}: give two files", CommandLine.Run("export", "--model", ModelPath, "--onnx", folder["new"], "--npz", folder["new"]).Refusal());
        Assert.Contains("is in the folder of --output", Run("train", "--json", folder["run/metrics.json"], "--output", folder["run"]).Refusal(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["new"]) || Directory.Exists(folder["run"]));
    }

    [Fact]
    public void An_empty_file_such_as_mktemp_makes_is_nothing_finished()
    {
        File.WriteAllText(folder["out"], "");
        AssertDone(Run("evaluate", "--json", folder["out"]));
        Assert.StartsWith("{", File.ReadAllText(folder["out"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_forced_training_leaves_no_checkpoint_of_the_run_before()
    {
        AssertDone(Run("train", "--output", folder["run"], "--checkpoint-every", "1"));
        Assert.True(File.Exists(folder["run/checkpoint.safetensors"]));
        AssertDone(Run("train", "--output", folder["run"], "--force"));
        Assert.False(File.Exists(folder["run/checkpoint.safetensors"]));
        Assert.True(File.Exists(folder["run/report.html"]));
    }

    [Fact]
    public void A_comparison_with_other_settings_is_replaced_only_with_force()
    {
        AssertDone(Run("compare", "--output", folder["run"]));
        string before = File.ReadAllText(folder["run/runs.csv"]);
        Assert.Contains("--force to replace the runs", Run("compare", "--output", folder["run"], "--batch-size", "7").Refusal(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder["run/runs.csv"]));
        AssertDone(Run("compare", "--output", folder["run"], "--batch-size", "7", "--force"));
        Assert.NotEqual(before, File.ReadAllText(folder["run/runs.csv"]));
    }

    private static TheoryData<string, string> Of(PathUse use)
    {
        TheoryData<string, string> data = [];
        foreach ((string name, Command command) in Commands())
        {
            foreach (Option option in command.Options.OfType<IPathOption>().Where(option => option.Use == use).Cast<Option>())
                data.Add(name, option.Name);
        }

        return data;
    }

    private static IEnumerable<(string Name, Command Command)> Commands()
    {
        CommandContext context = new(new Terminal(Stream.Null, TextWriter.Null, TextWriter.Null), () => default);
        return Application.Root(context).Subcommands.SelectMany(command => command.Subcommands.Count == 0 ? [(command.Name, command)] : command.Subcommands.Select(inner => ($"{command.Name} {inner.Name}", inner)));
    }

    /// <summary>Behind notes on the data, which a search reads first.</summary>
    private static void AssertRefused(string reason, CommandLine run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static void AssertDone(CommandLine run) => Assert.True(run.ExitCode == 0, run.Error);

    private string ModelPath => folder["model/model.safetensors"];

    private CommandLine Run(string command, string option, string path, params string[] more)
    {
        string[] given = [.. Calls[command].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "TABLE" => folder["table.csv"],
            "MODEL" => ModelPath,
            "LOGITS" => folder["logits.csv"],
            _ => word,
        })];
        string[] output = option == "--json" && command is "train" or "compare" or "search" && !more.Contains("--output") ? ["--output", folder[Path.GetRandomFileName()]] : [];
        return CommandLine.Run([.. command.Split(' '), .. given, option, path, .. output, .. more]);
    }
}
