using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Commands;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands;

public sealed class ProvenanceTests : IDisposable
{
    private static readonly string[] NotASetting = ["output", "json", "quiet", "resume", "force", "checkpoint-every", "help", "config"];

    private readonly TemporaryFolder folder = new();

    public ProvenanceTests() => File.WriteAllText(
        folder["table.csv"], "u,v,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 7},{0.01 * i},{(i % 2 == 0 ? "a" : "b")}\n"))));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_artefact_of_a_training_says_where_it_comes_from()
    {
        Train("run", "--epochs", "2", "--threads", "1", "--seed", "7");
        foreach (string name in new[] { "", "model.safetensors", "metrics.json", "history.csv", "report.html" })
        {
            JsonElement record = Inspect(Path.Combine("run", name));
            Assert.Equal("autodiff-lsr", record.GetProperty("tool").GetString());
            Assert.Equal(CommandLine.Run("--version").Output.Trim().Split('+')[0], record.GetProperty("version").GetString());
            Assert.Matches("^20[0-9-]{8}T[0-9:]{8}Z$", record.GetProperty("date").GetString());
            Assert.Equal($"autodiff-lsr train --data {folder["table.csv"]} --output {folder["run"]} --hidden 4 --quiet --epochs 2 --threads 1 --seed 7", record.GetProperty("command").GetString());
            Assert.Equal($"autodiff-lsr train --data {folder["table.csv"]} --hidden 4 --epochs 2 --threads 1 --seed 7", record.GetProperty("reproduce").GetString());
            Assert.Equal(7, record.GetProperty("seed").GetInt64());
            Assert.Equal(1, record.GetProperty("threads").GetInt32());
            Assert.NotEmpty(record.GetProperty("processor").GetString()!);
            Assert.Equal(AutoDiffLsr.Numerics.MachineLimits.Instructions, record.GetProperty("instructions").GetString());
            JsonElement data = record.GetProperty("data");
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["table.csv"]))), data.GetProperty("sha256").GetString());
            Assert.Equal([48, 0, 12], new[] { "train_rows", "validation_rows", "test_rows" }.Select(key => data.GetProperty(key).GetInt32()));
        }

        Assert.Contains("SHA-256", CommandLine.Run("inspect", folder["run/model.safetensors"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_all_options_with_what_they_were_resolved_to()
    {
        Train("run", "--epochs", "2", "--momentum", "0.5", "--dropout", "0.25");
        Dictionary<string, string> settings = Inspect("run").GetProperty("settings").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);
        (string, string)[] expected =
        [
            ("data", folder["table.csv"]), ("epochs", "2"), ("batch-size", "16"), ("hidden", "4"), ("dropout", "0.25"), ("momentum", "0.5"), ("learning-rate", "0.1"), ("weight-decay", "0"),
            ("optimizer", "sgd"), ("loss", "sparse-lsr"), ("smoothing", "0.1"), ("task", "classification"), ("label-column", "class"), ("test-fraction", "0.2"), ("seed", "1"), ("nesterov", "false"),
        ];
        foreach ((string name, string value) in expected)
            Assert.Equal(value, settings[name]);
        Command train = Application.Root(new CommandContext(new Terminal(Stream.Null, TextWriter.Null, TextWriter.Null), () => default)).Subcommands.Single(command => command.Name == "train");
        string[] known = [.. train.Options.Select(option => option.Name.TrimStart('-'))];
        Assert.Empty(settings.Keys.Except(known));
        string[] withoutDefault =
            ["data-dir", "test", "ignore-columns", "keep-columns", "categorical", "numeric", "separator", "decimal", "header", "encoding", "missing", "steps", "threads", "milestones", "phi0", "phi1"];
        Assert.Equal([], known.Except(settings.Keys).Except(NotASetting).Except(withoutDefault).Except(["h", "?", "/h", "/?"]));
    }

    [Fact]
    public void The_command_that_is_printed_makes_the_same_model_again()
    {
        Train("run", "--epochs", "2", "--optimizer", "adam");
        string[] words = Inspect("run/report.html").GetProperty("reproduce").GetString()!.Split(' ');
        CommandLine again = CommandLine.Run([.. words[1..], "--output", folder["again"]]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains($"<pre>{string.Join(' ', words)}</pre>", File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);
        Assert.Equal(Weights("run"), Weights("again"));
    }

    [Fact]
    public void A_comparison_and_a_search_and_what_they_leave_say_it_too()
    {
        Run("compare", "--data", folder["table.csv"], "--losses", "ce", "--seeds", "1", "--epochs", "1", "--hidden", "3", "--output", folder["compared"]);
        Run("search", "--data", folder["table.csv"], "--population", "4", "--generations", "2", "--hidden", "2", "--steps", "20", "--meta-steps", "2", "--seeds", "1", "--tuning-runs", "1", "--output", folder["found"]);
        foreach (string name in new[] { "compared", "compared/report.html", "compared/runs.csv", "found", "found/learned.loss.json", "found/report.html", "found/candidates.csv" })
        {
            JsonElement record = Inspect(name);
            Assert.StartsWith($"autodiff-lsr {(name.StartsWith('f') ? "search" : "compare")} --data", record.GetProperty("command").GetString(), StringComparison.Ordinal);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["table.csv"]))), record.GetProperty("data").GetProperty("sha256").GetString());
        }

        JsonElement settings = Inspect("compared").GetProperty("settings");
        Assert.Equal("16", settings.GetProperty("batch-size").GetString());
        Assert.Equal("17", settings.GetProperty("parameters").GetString());
        Run("train", "--data", folder["table.csv"], "--loss", folder["found/learned.loss.json"], "--epochs", "1", "--output", folder["trained"]);
    }

    [Fact]
    public void Two_runs_are_told_apart_by_what_differs_and_nothing_else()
    {
        Train("a", "--epochs", "2");
        Train("b", "--epochs", "2", "--seed", "2", "--categorical", "u");
        CommandLine text = CommandLine.Run("diff", folder["a"], folder["b"]);
        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"(?m)^seed +1 +2$", text.Output);
        Assert.Matches(@"(?m)^test accuracy +[\d.]+ +[\d.]+ +[+-]?[\d.]+$", text.Output);
        JsonElement json = CommandLine.Run("diff", folder["a"], folder["b/model.safetensors"], "--json", "-").Json();
        Assert.Equal(["seed", "categorical"], json.GetProperty("settings").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        json = CommandLine.Run("diff", folder["a"], folder["b"], "--json", "-").Json();
        Assert.Equal(["u"], json.GetProperty("columns").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.Contains(json.GetProperty("metrics").EnumerateArray(), entry => entry.GetProperty("name").GetString() == "test loss" && entry.GetProperty("a").ValueKind == JsonValueKind.Number);
        Assert.DoesNotContain(json.GetProperty("circumstances").EnumerateArray(), entry => entry.GetProperty("name").GetString() is "processor" or "version");
        Assert.Contains("settings: no difference", CommandLine.Run("diff", folder["a"], folder["a/report.html"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_record_says_so_and_what_is_no_artefact_is_refused()
    {
        Train("run", "--epochs", "1");
        Model<float> model = Model.Load<float>(folder["run/model.safetensors"]);
        new Model<float>(model.Layers).Save(folder["bare.safetensors"]);
        Assert.Contains("where it comes from is not recorded in it", CommandLine.Run("inspect", folder["bare.safetensors"]).Output, StringComparison.Ordinal);
        File.WriteAllText(folder["bad.json"], "{");
        Assert.EndsWith("bad.json is no JSON (line 1)", CommandLine.Run("inspect", folder["bad.json"]).Refusal(), StringComparison.Ordinal);
        Assert.Contains("there is no such file or folder", CommandLine.Run("diff", folder["run"], folder["none"]).Refusal(), StringComparison.Ordinal);
        Assert.Contains("inspect needs a file", CommandLine.Run("inspect").Refusal(), StringComparison.Ordinal);
        Assert.Contains("give the folder of a run", CommandLine.Run("inspect", folder.Path).Refusal(), StringComparison.Ordinal);
        File.WriteAllText(folder["other.json"], "{\"provenance\": {\"tool\": 1}}");
        Assert.Contains("is not recorded", CommandLine.Run("inspect", folder["other.json"]).Output, StringComparison.Ordinal);
        Assert.Contains("is what FILE reads, and would be lost", CommandLine.Run("inspect", folder["bare.safetensors"], "--json", folder["bare.safetensors"], "--force").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reproducible_build_sets_the_date()
    {
        const string Variable = "SOURCE_DATE_EPOCH";
        string? before = Environment.GetEnvironmentVariable(Variable);
        try
        {
            Environment.SetEnvironmentVariable(Variable, "86400");
            Assert.Equal("1970-01-02T00:00:00Z", Host.Date());
            Environment.SetEnvironmentVariable(Variable, "nonsense");
            Assert.StartsWith("2", Host.Date(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Theory]
    [InlineData("a b", "autodiff-lsr 'a b'")]
    [InlineData("it's", @"autodiff-lsr 'it'\''s'")]
    [InlineData("", "autodiff-lsr ''")]
    [InlineData("--data=x_1.csv", "autodiff-lsr --data=x_1.csv")]
    public void Words_are_quoted_for_a_shell(string word, string expected) => Assert.Equal(expected, CommandRecord.Text([word]));

    private static void Run(params string[] arguments)
    {
        CommandLine run = CommandLine.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private void Train(string output, params string[] more) => Run(["train", "--data", folder["table.csv"], "--output", folder[output], "--hidden", "4", "--quiet", .. more]);

    private JsonElement Inspect(string name) => CommandLine.Run("inspect", folder[name], "--json", "-").Json().GetProperty("provenance");

    private string Weights(string run) => string.Join(',', Model.Load<float>(Path.Combine(folder[run], "model.safetensors")).Layers.NamedParameters()
        .SelectMany(named => named.Parameter.Value.Enumerate().Select(BitConverter.SingleToInt32Bits)));
}
