using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Search;

public sealed class SearchCommandTests : IDisposable
{
    private static readonly string[] Quick =
        ["--population", "6", "--generations", "3", "--hidden", "8", "--steps", "30", "--meta-steps", "5", "--seeds", "3", "--tuning-runs", "4"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_search_on_a_table_of_numbers_leaves_a_loss_a_report_and_every_candidate()
    {
        CommandLine run = CommandLine.Run(["search", "--data", Table(), .. Quick, "--output", folder["found"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("table: 72 rows to train on, 24 to choose by, 24 to test on; 2 features, a number to predict", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\[3/3\] best [\d.]+  median \S+  \(\d+ trained, \d+ known, \d+ rejected, 0 equivalent, \d+ unsuitable\)  \S+", run.Output);
        Assert.Matches(@"(?m)^mse +[\d.]+ +[\d.]+ +[\d.]+ ± [\d.]+$", run.Output);
        Assert.Matches(@"(?m)^learned +0.01 +[\d.]+ +[\d.]+ ± [\d.]+ +[+-][\d.]+$", run.Output);
        Assert.Contains("the mean of 3 pairs: too few to say which is better (--seeds 5 or more)", run.Output, StringComparison.Ordinal);
        Assert.Contains("on rows that the search never saw", run.Output, StringComparison.Ordinal);
        LearnedLossFile loss = LearnedLossFile.Read(Path.Combine(folder["found"], "learned.loss.json"));
        Assert.False(loss.IsClassification);
        Assert.Equal("evomal", loss.Origin["method"]);
        string[] candidates = File.ReadAllLines(Path.Combine(folder["found"], "candidates.csv"));
        Assert.Equal("generation,place,fate,improvement,fitness,proposed,formula", candidates[0]);
        Assert.Equal(1 + (3 * 6), candidates.Length);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["found"], "search.json"))).RootElement;
        Assert.Equal(loss.Loss.Formula, json.GetProperty("best").GetProperty("formula").GetString());
        Assert.Equal(["mse", "learned", "huber"], json.GetProperty("test").EnumerateArray().Select(row => row.GetProperty("loss").GetString()));
        Assert.Equal(3, json.GetProperty("test")[1].GetProperty("test").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(folder["found"], "report.html")));
    }

    [Theory]
    [InlineData("gp-lfl")]
    [InlineData("taylorglo")]
    [InlineData("random")]
    public void Every_method_searches_for_a_loss_of_classes(string method)
    {
        JsonElement found = CommandLine.Run(["search", "--data", "blobs", "--rows", "90", "--method", method, .. Quick, "--json", "-", "--output", folder["found"]]).Json();
        Assert.Equal(["ce", "learned", "lsr", "sparse-lsr"], found.GetProperty("test").EnumerateArray().Select(row => row.GetProperty("loss").GetString()));
        Assert.True(LearnedLossFile.Read(Path.Combine(folder["found"], "learned.loss.json")).IsClassification);
    }

    [Fact]
    public void A_killed_search_goes_on_to_the_same_bits()
    {
        string table = Table();
        string[] command = ["search", "--data", table, .. Quick[..2], "--generations", "8", .. Quick[4..]];
        Assert.Equal(0, CommandLine.Run([.. command, "--output", folder["whole"]]).ExitCode);
        using (ToolProcess tool = ToolProcess.Start(folder.Path, [.. command, "--output", folder["killed"]]))
        {
            while (tool.ReadLine() is { } line && !line.StartsWith("[2/8]", StringComparison.Ordinal))
            {
                // Something must be there that could be lost.
            }

            Assert.True(tool.Kill());
        }

        Assert.False(File.Exists(Path.Combine(folder["killed"], "report.html")));
        Assert.NotEmpty(File.ReadAllLines(Path.Combine(folder["killed"], "cells.jsonl")));
        Assert.Equal(0, CommandLine.Run([.. command, "--threads", "1", "--output", folder["killed"]]).ExitCode);
        Assert.Equal(Loss("whole"), Loss("killed"));
        Assert.Equal(File.ReadAllText(Path.Combine(folder["whole"], "candidates.csv")), File.ReadAllText(Path.Combine(folder["killed"], "candidates.csv")));
        Assert.Equal(Tests("whole"), Tests("killed"));

        // All but the provenance, which says when and by which command.
        string Loss(string run) => string.Join(' ', JsonDocument.Parse(File.ReadAllText(Path.Combine(folder[run], "learned.loss.json"))).RootElement.EnumerateObject().Where(part => part.Name != "provenance"));
        string Tests(string run) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder[run], "search.json"))).RootElement.GetProperty("test").GetRawText();
    }

    [Fact]
    public void Ctrl_C_keeps_the_best_so_far_and_the_same_command_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        string[] command = ["search", "--data", Table(), .. Quick[..2], "--generations", "2000", .. Quick[4..], "--threads", "1"];
        using ToolProcess tool = ToolProcess.Start(folder.Path, command);
        while (tool.ReadLine() is { } line && !line.Contains("best ", StringComparison.Ordinal))
        {
            // Before a loss is found there is none to keep.
        }

        tool.Interrupt();
        CommandLine stopped = tool.Finish();
        Assert.Equal(130, stopped.ExitCode);
        Assert.Matches(@"autodiff-lsr: interrupted after \d+ losses: the best loss so far, .+, is in runs[/\\]search-table-evomal-[0-9a-f]{8}[/\\]learned.loss.json; the same command goes on from there", stopped.Error);
        string run = Assert.Single(Directory.GetDirectories(folder["runs"]));
        Assert.False(LearnedLossFile.Read(Path.Combine(run, "learned.loss.json")).IsClassification);
    }

    [Theory]
    [InlineData("--population is '1'", "--population", "1")]
    [InlineData("--crossover is '1.5'", "--crossover", "1.5")]
    [InlineData("together they must not exceed 1", "--crossover", "0.8", "--mutation", "0.3")]
    [InlineData("--method is 'evomall' (did you mean 'evomal'?)", "--method", "evomall")]
    [InlineData("--rejection is 'always'", "--rejection", "always")]
    [InlineData("Tournament is 30", "--tournament", "30")]
    [InlineData("--rows is '5'", "--rows", "5")]
    [InlineData("--hidden is 'a'", "--hidden", "a")]
    public void Wrong_settings_are_refused_before_anything_is_written(string problem, params string[] arguments)
    {
        Assert.Contains(problem, CommandLine.Run(["search", "--data", "blobs", "--output", folder["none"], .. arguments]).Refusal(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void Wrong_data_and_folders_are_refused()
    {
        string small = folder["small.csv"];
        File.WriteAllLines(small, ["a,b", .. Enumerable.Range(0, 10).Select(i => FormattableString.Invariant($"{i},{i * 1.5}"))]);
        Assert.Contains("10 rows", Last(CommandLine.Run("search", "--data", small, "--output", folder["none"])), StringComparison.Ordinal);
        Assert.Contains("no such file", CommandLine.Run("search", "--data", "nothing.csv").Refusal(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
        Directory.CreateDirectory(folder["full"]);
        File.WriteAllText(Path.Combine(folder["full"], "mine.txt"), "mine");
        Assert.Contains("is not empty", CommandLine.Run(["search", "--data", "blobs", "--rows", "60", .. Quick, "--output", folder["full"]]).Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder["full"], "mine.txt")));
        Assert.Equal(0, CommandLine.Run(["search", "--data", "blobs", "--rows", "60", .. Quick, "--output", folder["found"]]).ExitCode);
        string before = File.ReadAllText(Path.Combine(folder["found"], "learned.loss.json"));
        Assert.Contains("has a search with other settings", CommandLine.Run(["search", "--data", "blobs", "--rows", "60", .. Quick, "--seed", "2", "--output", folder["found"]]).Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder["found"], "learned.loss.json")));

        static string Last(CommandLine refused)
        {
            Assert.Equal(2, refused.ExitCode);
            return refused.Error.TrimEnd('\n').Split('\n')[^1];
        }
    }

    [Fact]
    public void A_learned_loss_is_used_like_any_other()
    {
        string file = Loss("learned.loss.json", "classification", "-(y*log(f))"), other = Loss("other.loss.json", "classification", "y*(1 - f)");
        string[] small = ["--data", "blobs", "--hidden", "8", "--epochs", "3"];
        JsonElement learned = CommandLine.Run(["train", .. small, "--loss", file, "--json", "-", "--output", folder["learned"]]).Json();
        JsonElement usual = CommandLine.Run(["train", .. small, "--loss", "ce", "--json", "-", "--output", folder["usual"]]).Json();
        Assert.Matches("^learned-[0-9a-f]{8}$", learned.GetProperty("loss").GetString()!);
        Assert.Equal(usual.GetProperty("test").GetProperty("nll").GetDouble(), learned.GetProperty("test").GetProperty("nll").GetDouble(), 1e-4);
        CommandLine compared = CommandLine.Run(["compare", .. small, "--losses", $"ce,{file},{other}", "--seeds", "2", "--train-size", "60", "--output", folder["compared"]]);
        Assert.Equal(0, compared.ExitCode);
        Assert.Equal(2, compared.Output.Split('\n').Where(line => line.StartsWith("learned-", StringComparison.Ordinal)).Select(line => line[..16]).Distinct().Count());
        CommandLine drawn = CommandLine.Run("plot", "losses", "--loss", file, "--without-cost", "--output", folder["drawn"]);
        Assert.Equal(0, drawn.ExitCode);
        Assert.True(File.Exists(Path.Combine(folder["drawn"], "learned-4.svg")));
    }

    [Theory]
    [InlineData("is a loss for regression", "regression", "(y - f)^2")]
    [InlineData("position 1: 'foo' is no primitive", "classification", "foo(y, f)")]
    [InlineData("there is no such file", null, "")]
    public void A_learned_loss_that_does_not_fit_is_refused(string problem, string? kind, string formula)
    {
        string file = kind is null ? "nothing.loss.json" : Loss("wrong.loss.json", kind, formula);
        Assert.Contains(problem, CommandLine.Run("train", "--data", "blobs", "--loss", file, "--output", folder["none"]).Refusal(), StringComparison.Ordinal);
        Assert.Contains(problem, CommandLine.Run("compare", "--data", "blobs", "--losses", $"ce,{file}", "--output", folder["none"]).Refusal(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    private string Loss(string name, string task, string formula)
    {
        File.WriteAllText(folder[name], $$"""{"format": "autodiff-lsr.loss", "version": 1, "task": "{{task}}", "formula": "{{formula}}"}""");
        return folder[name];
    }

    private string Table()
    {
        RandomSource random = new(1);
        StringBuilder table = new("width,height,price\n");
        for (int i = 0; i < 120; i++)
        {
            double a = random.NextNormal(), b = random.NextNormal();
            table.Append(CultureInfo.InvariantCulture, $"{a},{b},{(2 * a) - b + (0.1 * random.NextNormal())}\n");
        }

        File.WriteAllText(folder["table.csv"], table.ToString());
        return folder["table.csv"];
    }
}
