using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Tests.Data;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder["run"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Json_has_what_a_reader_needs()
    {
        JsonElement json = Train("--data", "blobs", "--hidden", "8", "--epochs", "3", "--loss", "lsr", "--smoothing", "0.05", "--seed", "7", "--json", "-").Json();
        JsonElement data = json.GetProperty("data");
        Assert.Equal("blobs", data.GetProperty("name").GetString());
        Assert.Equal(2000, data.GetProperty("train_samples").GetInt32());
        Assert.Equal(1000, data.GetProperty("test_samples").GetInt32());
        Assert.Equal(2, data.GetProperty("features").GetInt32());
        Assert.Equal(4, data.GetProperty("classes").GetInt32());
        Assert.Equal(["Dense 2 -> 8", "Relu", "Dense 8 -> 4"], json.GetProperty("model").GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()));
        Assert.Equal((2 * 8) + 8 + (8 * 4) + 4, json.GetProperty("model").GetProperty("parameters").GetInt32());
        Assert.Equal("lsr", json.GetProperty("loss").GetString());
        Assert.Equal(0.05, json.GetProperty("smoothing").GetDouble());
        Assert.Equal("sgd", json.GetProperty("optimizer").GetString());
        Assert.Equal(3, json.GetProperty("epochs").GetInt32());
        Assert.Equal(16, json.GetProperty("batch_size").GetInt32());
        Assert.Equal(7, json.GetProperty("seed").GetInt32());
        Assert.InRange(json.GetProperty("train").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.InRange(json.GetProperty("train").GetProperty("loss").GetDouble(), 0.01, 1);
        foreach (string score in new[] { "loss", "accuracy", "nll", "ece" })
            Assert.InRange(json.GetProperty("test").GetProperty(score).GetDouble(), 1e-6, 1);
        foreach (string phase in new[] { "load", "train", "evaluate" })
            Assert.True(json.GetProperty("seconds").GetProperty(phase).GetDouble() > 0, phase);
        double perSecond = 3 * 2000 / json.GetProperty("seconds").GetProperty("train").GetDouble();
        Assert.Equal(perSecond, json.GetProperty("samples_per_second").GetDouble(), 1e-6 * perSecond);
    }

    [Fact]
    public void The_folder_has_metrics_history_and_weights()
    {
        JsonElement json = Train("--data", "moons", "--hidden", "4,3", "--epochs", "5", "--json", "-").Json();
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "metrics.json")));
        Assert.True(JsonElement.DeepEquals(json, metrics.RootElement));
        string[] history = File.ReadAllLines(Path.Combine(Output, "history.csv"));
        Assert.Equal("epoch,learning_rate,train_loss,train_accuracy,test_loss,test_accuracy,seconds", history[0]);
        Assert.Equal(["1", "2", "3", "4", "5"], history[1..].Select(row => row.Split(',')[0]));
        Assert.Equal(json.GetProperty("test").GetProperty("accuracy").GetDouble(), double.Parse(history[^1].Split(',')[5], CultureInfo.InvariantCulture));
        Assert.Equal(new[] { "config.json", "history.csv", "metrics.json", "report.html", Path.GetFileName(Weights(Output)) }.Order(), Directory.GetFiles(Output).Select(Path.GetFileName).Order());
        Assert.True(new FileInfo(Weights(Output)).Length > 100);
    }

    [Fact]
    public void A_pipe_gets_one_plain_line_an_epoch()
    {
        CommandLine run = Train("--data", "blobs", "--hidden", "none", "--epochs", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.DoesNotContain('\e', run.Output);
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["epoch 1/3", "epoch 2/3", "epoch 3/3"], lines.Where(line => line.StartsWith("epoch", StringComparison.Ordinal)).Select(line => line[..9]));
        Assert.StartsWith("blobs: 2000 samples to train on", lines[0]);
        Assert.StartsWith("test accuracy", lines[^2]);
        Assert.Contains(Output, lines[^1]);
    }

    [Fact]
    public void With_json_on_standard_output_all_words_go_to_standard_error()
    {
        CommandLine run = Train("--data", "blobs", "--hidden", "none", "--epochs", "2", "--json", "-");
        Assert.Equal(JsonValueKind.Object, run.Json().ValueKind);
        Assert.Contains("epoch 2/2", run.Error);
        Assert.Contains("test accuracy", run.Error);
    }

    [Fact]
    public void Quiet_leaves_the_json_alone()
    {
        CommandLine run = Train("--data", "blobs", "--hidden", "none", "--epochs", "1", "--quiet", "--json", folder["metrics.json"]);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["metrics.json"]));
        Assert.Equal(1, json.RootElement.GetProperty("epochs").GetInt32());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        Run("a", "1", "--threads", "1");
        Run("b", "1", "--threads", "2");
        Run("c", "2", "--threads", "1");
        Assert.Equal(ModelBytes.Of(Weights(folder["a"])), ModelBytes.Of(Weights(folder["b"])));
        Assert.NotEqual(ModelBytes.Of(Weights(folder["a"])), ModelBytes.Of(Weights(folder["c"])));
        Assert.Equal(HistoryWithoutSeconds("a"), HistoryWithoutSeconds("b"));

        void Run(string name, string seed, params string[] more) => Assert.Equal(
            0, CommandLine.Run(["train", "--data", "moons", "--hidden", "64", "--dropout", "0.1", "--epochs", "2", "--batch-size", "256", "--output", folder[name], "--seed", seed, .. more]).ExitCode);
    }

    [Theory]
    [InlineData("sgd", "constant", "tanh", "ce")]
    [InlineData("adam", "steps", "gelu", "lsr")]
    [InlineData("adamw", "cosine", "leaky-relu", "sparse-lsr")]
    [InlineData("rmsprop", "constant", "sigmoid", "ace")]
    [InlineData("rmsprop", "cosine", "softplus", "ce")]
    public void Every_optimizer_schedule_activation_and_loss_learns(string optimizer, string schedule, string activation, string loss)
    {
        JsonElement json = Train(
            "--data", "blobs", "--hidden", "16", "--epochs", "8", "--optimizer", optimizer, "--schedule", schedule, "--activation", activation, "--loss", loss, "--json", "-").Json();
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(schedule, json.GetProperty("schedule").GetString());
    }

    [Fact]
    public void Wrong_labels_on_purpose_are_in_the_training_part_only()
    {
        JsonElement json = Train("--data", "blobs", "--hidden", "none", "--epochs", "5", "--label-noise", "0.3", "--json", "-").Json();
        Assert.InRange(json.GetProperty("train").GetProperty("accuracy").GetDouble(), 0.6, 0.75);
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void A_table_is_split_by_class_and_its_label_column_chosen()
    {
        string path = WriteTable("species,width,height", i => $"{(i % 2 == 0 ? "cat" : "dog")},{i % 2},{(i * 7) % 5}");
        JsonElement json = Train("--data", path, "--label-column", "species", "--test-fraction", "0.25", "--hidden", "none", "--epochs", "20", "--json", "-").Json();
        Assert.Equal(30, json.GetProperty("data").GetProperty("train_samples").GetInt32());
        Assert.Equal(10, json.GetProperty("data").GetProperty("test_samples").GetInt32());
        Assert.Equal(1, json.GetProperty("test").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_label_column_may_be_counted_from_the_end()
    {
        string path = WriteTable("a,b,c", i => $"{i},{i % 2},{i % 3}");
        Assert.Equal(2, Train("--data", path, "--label-column", "-2", "--epochs", "1", "--json", "-").Json().GetProperty("data").GetProperty("classes").GetInt32());
    }

    [Theory]
    [InlineData("iris.csv", 4, 3)]
    [InlineData("wheat-seeds.csv", 7, 3)]
    public void Real_tables_work_without_further_options(string file, int features, int classes)
    {
        JsonElement json = Train("--data", SharedData.Require(Path.Combine("csv", file)), "--json", "-").Json();
        Assert.Equal(features, json.GetProperty("data").GetProperty("features").GetInt32());
        Assert.Equal(classes, json.GetProperty("data").GetProperty("classes").GetInt32());
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.8, 1);
    }

    [Fact]
    public void A_folder_of_idx_files_is_trained_on()
    {
        Directory.CreateDirectory(folder["pixels"]);
        IdxFiles.WriteFolder(folder["pixels"], train: 60, test: 12, gzip: true);
        JsonElement json = Train("--data", folder["pixels"], "--hidden", "8", "--epochs", "2", "--json", "-").Json();
        Assert.Equal("pixels", json.GetProperty("data").GetProperty("name").GetString());
        Assert.Equal(4, json.GetProperty("data").GetProperty("features").GetInt32());
    }

    [Fact]
    public void Mnist_is_found_in_a_folder_of_the_users()
    {
        Directory.CreateDirectory(folder["mnist"]);
        IdxFiles.WriteFolder(folder["mnist"], train: 60, test: 12);
        JsonElement json = Train("--data", "mnist", "--data-dir", folder.Path, "--hidden", "none", "--epochs", "1", "--json", "-").Json();
        Assert.Equal("mnist", json.GetProperty("data").GetProperty("name").GetString());
    }

    [Fact]
    public void Options_that_do_nothing_are_noted()
    {
        CommandLine run = Train("--data", "blobs", "--hidden", "none", "--epochs", "1", "--test-fraction", "0.5", "--label-column", "0", "--data-dir", "x", "--quiet");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Error.Split("note: ").Length - 1);
    }

    [Fact]
    public void Digits_need_a_hidden_layer()
    {
        double linear = TestAccuracy("linear", "--hidden", "none");
        double mlp = TestAccuracy("mlp");
        Assert.InRange(mlp, 0.96, 1);
        Assert.InRange(linear, 0.8, 0.92);

        double TestAccuracy(string name, params string[] more) => CommandLine.Run(["train", "--epochs", "3", "--json", "-", "--output", folder[name], .. more])
            .Json().GetProperty("test").GetProperty("accuracy").GetDouble();
    }

    private static string Weights(string run) => Path.Combine(run, AutoDiffLsr.Cli.Training.RunFiles.Model);

    private CommandLine Train(params string[] arguments) => CommandLine.Run(["train", .. arguments, "--output", Output]);

    private IEnumerable<string> HistoryWithoutSeconds(string run) =>
        File.ReadLines(Path.Combine(folder[run], "history.csv")).Select(row => row[..row.LastIndexOf(',')]);

    private string WriteTable(string header, Func<int, string> row)
    {
        File.WriteAllLines(folder["table.csv"], Enumerable.Range(0, 40).Select(row).Prepend(header));
        return folder["table.csv"];
    }
}
