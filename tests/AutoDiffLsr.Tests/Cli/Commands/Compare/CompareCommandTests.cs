using System.Text.Json;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Compare;

public sealed class CompareCommandTests : IDisposable
{
    private static readonly string[] Small = ["compare", "--data", "blobs", "--hidden", "8", "--epochs", "2", "--train-size", "90", "--threads", "2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_grid_gives_tables_files_and_a_report()
    {
        JsonElement json = Run("--losses", "ce,sparse-lsr,sparse-lsr:as-published", "--smoothing", "0.1,0.2", "--label-noise", "0,0.3", "--seeds", "2", "--json", "-").Json();
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(10, rows.Length); // ce once, the two others with two smoothings, under two noises
        Assert.All(rows, row => Assert.Equal(2, row.GetProperty("runs").GetInt32()));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("test_error").GetProperty("mean").GetDouble(), 0, 1));
        Assert.False(rows[0].GetProperty("test_error").TryGetProperty("difference", out _));
        JsonElement difference = rows[1].GetProperty("test_nll");
        Assert.Equal(2, difference.GetProperty("pairs").GetInt32());
        Assert.False(difference.TryGetProperty("difference_low", out _));
        Assert.Equal(21, File.ReadAllLines(Path.Combine(folder["out"], "runs.csv")).Length);
        Assert.Equal(81, File.ReadAllLines(Path.Combine(folder["out"], "summary.csv")).Length);
        string page = File.ReadAllText(Path.Combine(folder["out"], "report.html"));
        Assert.Contains("sparse-lsr:as-published 0.2", page, StringComparison.Ordinal);
        Assert.Contains("autodiff-lsr compare --data blobs", page, StringComparison.Ordinal);
        Assert.Contains("t-SNE", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_goes_on_where_it_stopped_and_gives_the_same()
    {
        Assert.Equal(0, Run("--losses", "ce,lsr", "--seeds", "2").ExitCode);
        string[] before = Measures();
        string[] cells = Directory.GetFiles(Path.Combine(folder["out"], "cells"));
        Assert.Equal(4, cells.Length);
        DateTime kept = File.GetLastWriteTimeUtc(cells[0]);
        File.Delete(cells[1]);
        CommandLine again = Run("--losses", "ce,lsr", "--seeds", "2");
        Assert.Contains("4 runs, 3 of them finished before", again.Output, StringComparison.Ordinal);
        Assert.Contains("[4/4]", again.Output, StringComparison.Ordinal);
        Assert.Equal(kept, File.GetLastWriteTimeUtc(cells[0]));
        Assert.Equal(before, Measures());
        Assert.Contains("is of a run with other settings", CommandLine.Run([.. Small, "--losses", "ce,lsr", "--seeds", "2", "--learning-rate", "0.3", "--output", folder["out"]]).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_the_grid_is_the_run_of_train_whatever_runs_beside_it()
    {
        JsonElement compared = CommandLine.Run("compare", "--data", "moons", "--hidden", "8", "--epochs", "2", "--losses", "ce,lsr", "--seeds", "1", "--json", "-", "--output", folder["out"]).Json();
        JsonElement trained = CommandLine.Run("train", "--data", "moons", "--hidden", "8", "--epochs", "2", "--loss", "lsr", "--json", "-", "--output", folder["train"]).Json();
        JsonElement row = compared.GetProperty("rows")[1];
        Assert.Equal(trained.GetProperty("test").GetProperty("nll").GetDouble(), row.GetProperty("test_nll").GetProperty("mean").GetDouble());
        Assert.Equal(1 - trained.GetProperty("test").GetProperty("accuracy").GetDouble(), row.GetProperty("test_error").GetProperty("mean").GetDouble());
    }

    [Fact]
    public void A_loss_that_diverges_is_a_row_and_no_end()
    {
        JsonElement row = Run("--losses", "ce", "--learning-rate", "1e20", "--seeds", "2", "--json", "-").Json().GetProperty("rows")[0];
        Assert.Equal((0, 2), (row.GetProperty("runs").GetInt32(), row.GetProperty("diverged").GetInt32()));
    }

    [Fact]
    public void An_interval_is_given_where_there_are_pairs_enough_and_the_note_says_how_many_there_are()
    {
        CommandLine few = Run("--losses", "ce,lsr", "--seeds", "4");
        Assert.Contains("difference from ce: the mean over 4 paired seeds; an interval needs 5 or more (--seeds)", few.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[+-][\d.]+ \[", few.Output);
        Assert.DoesNotContain(" [", File.ReadAllLines(Path.Combine(folder["out"], "summary.csv"))[^1], StringComparison.Ordinal);
        Assert.EndsWith(",,", File.ReadAllLines(Path.Combine(folder["out"], "summary.csv"))[^1], StringComparison.Ordinal);
        CommandLine enough = Run("--losses", "ce,lsr", "--seeds", "5");
        Assert.Contains("the mean over 5 paired seeds with its 95 % percentile bootstrap interval", enough.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^lsr 0.1 +0 +5 +[+-]?[\d.]+ \[[+-]?[\d.]+, [+-]?[\d.]+\]", enough.Output);
    }

    [Theory]
    [InlineData("--losses has 'lsx' (did you mean 'lsr'?): choose from ce, lsr, sparse-lsr, sparse-lsr:as-published, ace", "--losses", "ce,lsx")]
    [InlineData("this is a grid of 1200 runs, more than 1000: add --yes", "--seeds", "400")]
    [InlineData("--train-size is 5000, but blobs has 2000 samples to train on", "--train-size", "5000")]
    [InlineData("--label-noise has '1.2'", "--label-noise", "0,1.2")]
    public void Bad_input_is_refused(string expected, params string[] arguments) =>
        Assert.Contains(expected, CommandLine.Run(["compare", "--data", "blobs", .. arguments, "--output", folder["out"]]).Refusal(), StringComparison.Ordinal);

    [Fact]
    public void A_folder_of_something_else_is_refused()
    {
        File.WriteAllText(Path.Combine(folder.Path, "notes.txt"), "mine");
        Assert.Contains("is not empty", CommandLine.Run([.. Small, "--output", folder.Path]).Refusal(), StringComparison.Ordinal);
    }

    private CommandLine Run(params string[] arguments) => CommandLine.Run([.. Small, .. arguments, "--output", folder["out"]]);

    /// <summary>Without the seconds, which do not repeat.</summary>
    private string[] Measures() => [.. File.ReadAllLines(Path.Combine(folder["out"], "runs.csv")).Select(line => line[..line.LastIndexOf(',')])];
}
