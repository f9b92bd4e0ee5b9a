using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Models;

public sealed class EvaluatePartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EvaluatePartTests() => File.WriteAllText(
        folder["table.csv"], "u,v,class\n" + string.Concat(Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 37 % 101},{i * 53 % 97},{(i * 29 % 7 < 3 ? "a" : "b")}\n"))));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_that_was_trained_on_is_known_and_its_test_part_gives_the_score_of_the_training()
    {
        JsonElement trained = CommandLine.Run("train", "--data", folder["table.csv"], "--hidden", "4", "--epochs", "3", "--seed", "5", "--validation-fraction", "0.1", "--output", folder["run"], "--json", "-").Json();
        CommandLine all = Evaluate("table.csv");
        Assert.Contains("note: 70 of these 100 rows were trained on, so the result is better than on new ones: --part test takes the 20 that were held back", all.Error, StringComparison.Ordinal);
        Assert.Equal(70, all.Json().GetProperty("seen_in_training").GetInt32());
        JsonElement test = Evaluate("table.csv", "--part", "test").Json();
        Assert.Equal(20, test.GetProperty("samples").GetInt32());
        Assert.Equal(0, test.GetProperty("seen_in_training").GetInt32());
        Assert.Equal(trained.GetProperty("test").GetProperty("accuracy").GetDouble(), test.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(trained.GetProperty("test").GetProperty("nll").GetDouble(), test.GetProperty("nll").GetDouble(), 1e-5);
        JsonElement train = Evaluate("table.csv", "--part", "train").Json();
        Assert.Equal(70, train.GetProperty("samples").GetInt32());
        Assert.Equal(trained.GetProperty("train").GetProperty("accuracy").GetDouble(), train.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(10, Evaluate("table.csv", "--part", "validation").Json().GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Of_another_file_nothing_is_known_and_its_parts_are_refused()
    {
        Assert.Equal(0, CommandLine.Run("train", "--data", folder["table.csv"], "--hidden", "4", "--epochs", "1", "--output", folder["run"]).ExitCode);
        File.WriteAllText(folder["other.csv"], File.ReadAllText(folder["table.csv"]) + "1,2,a\n");
        CommandLine other = Evaluate("other.csv");
        Assert.False(other.Json().TryGetProperty("seen_in_training", out _));
        Assert.DoesNotContain("trained on", other.Error, StringComparison.Ordinal);
        Assert.Contains("--part test needs the file that the model was trained on", Evaluate("other.csv", "--part", "test").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_set_is_made_with_the_seed_in_the_model()
    {
        JsonElement trained = CommandLine.Run("train", "--data", "moons", "--hidden", "8", "--epochs", "2", "--seed", "11", "--output", folder["run"], "--json", "-").Json();
        double accuracy = trained.GetProperty("test").GetProperty("nll").GetDouble();
        string model = folder["run/model.safetensors"];
        Assert.Equal(accuracy, CommandLine.Run("evaluate", "--model", model, "--data", "moons", "--json", "-").Json().GetProperty("nll").GetDouble(), 1e-5);
        Assert.NotEqual(accuracy, CommandLine.Run("evaluate", "--model", model, "--data", "moons", "--seed", "1", "--json", "-").Json().GetProperty("nll").GetDouble(), 1e-5);
        Assert.Contains("--part train is for tables", CommandLine.Run("evaluate", "--model", model, "--data", "moons", "--part", "train").Refusal(), StringComparison.Ordinal);
    }

    private CommandLine Evaluate(string file, params string[] more) => CommandLine.Run(["evaluate", "--model", folder["run/model.safetensors"], "--data", folder[file], "--json", "-", .. more]);
}
