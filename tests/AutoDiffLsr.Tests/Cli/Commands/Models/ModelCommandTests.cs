using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Tests.Onnx;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Models;

/// <summary>predict, evaluate, export and inspect on a model that train made of a table.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private const string Header = "width,height,kind\n";

    private readonly TemporaryFolder folder = new();

    public ModelCommandTests()
    {
        // Three clouds far from 0, so that a standardization that is forgotten shows.
        StringBuilder table = new(Header);
        for (int i = 0; i < 90; i++)
            table.Append(CultureInfo.InvariantCulture, $"{100 + (20 * (i % 3)) + (i % 7)},{-5 + (i % 3) - (i % 5 / 10.0)},\"{(i % 3) switch { 0 => "a", 1 => "b,c", _ => "ü" }}\"\n");
        File.WriteAllText(folder["table.csv"], table.ToString());
        CommandLine train = CommandLine.Run("train", "--data", folder["table.csv"], "--hidden", "8", "--epochs", "60", "--output", folder["run"], "--quiet");
        Assert.True(train.ExitCode == 0, train.Error);
    }

    private string ModelPath => folder["run/model.safetensors"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Predictions_are_rows_of_label_class_and_probability()
    {
        File.WriteAllText(folder["new.csv"], "width,height\n101,-5.1\n122,-4\n143,-3.2\n");
        CommandLine run = CommandLine.Run("predict", "--model", ModelPath, "--data", folder["new.csv"]);
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.Split('\n');
        Assert.Equal("label,class,probability", lines[0]);
        Assert.StartsWith("0,a,0.", lines[1]);
        Assert.StartsWith("1,\"b,c\",0.", lines[2]);
        Assert.StartsWith("2,ü,0.", lines[3]);
        Assert.Equal("", Assert.Single(lines[4..]));
    }

    [Theory]
    [InlineData("--data", "predict", "--model", "MODEL", "--data", "TABLE", "--output", "TABLE")]
    [InlineData("--data", "predict", "--model", "MODEL", "--data", "TABLE", "--output", "LINK")]
    [InlineData("--model", "predict", "--model", "MODEL", "--data", "TABLE", "--output", "MODEL")]
    [InlineData("--data", "evaluate", "--model", "MODEL", "--data", "TABLE", "--json", "TABLE")]
    [InlineData("--model", "evaluate", "--model", "MODEL", "--data", "TABLE", "--json", "MODEL")]
    [InlineData("--data", "train", "--data", "TABLE", "--output", "NEW", "--json", "TABLE")]
    [InlineData("--model", "export", "--model", "MODEL", "--npz", "MODEL")]
    [InlineData("--model", "export", "--model", "MODEL", "--onnx", "MODEL")]
    public void No_command_writes_onto_what_it_reads(string input, params string[] arguments)
    {
        File.CreateSymbolicLink(folder["link.csv"], folder["table.csv"]);
        byte[] table = File.ReadAllBytes(folder["table.csv"]), model = File.ReadAllBytes(ModelPath);
        string[] given = Array.ConvertAll(arguments, argument => argument switch
        {
            "MODEL" => ModelPath,
            "TABLE" => folder["table.csv"],
            "LINK" => folder["link.csv"],
            "NEW" => folder["new"],
            _ => argument,
        });
        Assert.Contains($"is what {input} reads, and would be lost: give another file", CommandLine.Run(given).Refusal(), StringComparison.Ordinal);
        Assert.Equal(table, File.ReadAllBytes(folder["table.csv"]));
        Assert.Equal(model, File.ReadAllBytes(ModelPath));
        Assert.False(Directory.Exists(folder["new"]));
    }

    [Fact]
    public void A_file_of_predictions_is_replaced_as_a_whole_or_not_at_all()
    {
        File.WriteAllText(folder["bad.csv"], string.Concat(Enumerable.Repeat("101,-5.1\n", 5000)) + "101,-5.1,7\n");
        File.WriteAllText(folder["finished.csv"], "finished\n");
        Assert.NotEqual(0, CommandLine.Run("predict", "--model", ModelPath, "--data", folder["bad.csv"], "--force", "--output", folder["finished.csv"]).ExitCode);
        Assert.Equal("finished\n", File.ReadAllText(folder["finished.csv"]));
        Assert.Empty(Directory.GetFiles(folder.Path, ".*.tmp"));
        File.WriteAllText(folder["good.csv"], "101,-5.1\n");
        Assert.Equal(0, CommandLine.Run("predict", "--model", ModelPath, "--data", folder["good.csv"], "--force", "--output", folder["finished.csv"]).ExitCode);
        Assert.StartsWith("label,class,probability\n0,a,", File.ReadAllText(folder["finished.csv"]), StringComparison.Ordinal);
        Assert.Contains($"--output {folder["no/where.csv"]} cannot be written: there is no folder", CommandLine.Run("predict", "--model", ModelPath, "--data", folder["good.csv"], "--output", folder["no/where.csv"]).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_takes_predictions_and_stays_a_device()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no /dev/null here.");
        File.WriteAllText(folder["good.csv"], "101,-5.1\n");
        Assert.Equal(0, CommandLine.Run("predict", "--model", ModelPath, "--data", folder["good.csv"], "--output", "/dev/null").ExitCode);
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [Fact]
    public void Probabilities_are_those_of_the_model_from_a_file_and_a_pipe()
    {
        string rows = string.Concat(Enumerable.Range(0, 600).Select(i => FormattableString.Invariant($"{100 + (i % 50)},{-5 + (i % 9 / 3.0)}\n")));
        CommandLine piped = CommandLine.RunWithInput(rows, "predict", "--model", ModelPath, "--data", "-", "--probabilities");
        File.WriteAllText(folder["rows.csv"], rows);
        CommandLine fromFile = CommandLine.Run("predict", "--model", ModelPath, "--data", folder["rows.csv"], "--probabilities", "--output", folder["out.csv"]);
        Assert.Equal((0, 0, ""), (piped.ExitCode, fromFile.ExitCode, fromFile.Output));
        Assert.Equal(piped.Output, File.ReadAllText(folder["out.csv"]));
        string[] lines = piped.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("label,class,probability,p0,p1,p2", lines[0]);
        Assert.Equal(601, lines.Length);
        Model<float> model = AutoDiffLsr.Formats.Model.Load<float>(ModelPath);
        float[] probabilities = new float[3];
        float[] written = [.. lines[555].Split(',')[^3..].Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(["height", "width"], model.Info.FeatureNames);
        model.Probabilities([(float)(-5 + (554 % 9 / 3.0)), 100 + (554 % 50)], probabilities);
        for (int i = 0; i < 3; i++)
            Assert.Equal(probabilities[i], written[i], 1e-6f);
    }

    [Fact]
    public void The_table_that_was_trained_on_is_predicted_as_it_is()
    {
        CommandLine run = CommandLine.Run("predict", "--model", ModelPath, "--data", folder["table.csv"]);
        Assert.Equal((91, ""), (run.Output.TrimEnd('\n').Split('\n').Length, run.Error));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        string[] outputs = [.. new[] { "width,height\n101,-5.1\n122,-4\n", "height,width\n-5.1,101\n-4,122\n", "height,other,kind,width\n-5.1,x,?,101\n-4,y,?,122\n" }
            .Select(rows => CommandLine.RunWithInput(rows, "predict", "--model", ModelPath, "--data", "-", "--probabilities").Output)];
        Assert.Equal(3, outputs[0].TrimEnd('\n').Split('\n').Length);
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void Samples_that_do_not_fit_the_model_are_told()
    {
        Assert.Contains("has 4 columns; without a header they are taken by their place, and the training data had 3 with the target", Refusal("predict", "1,2,3,4\n"), StringComparison.Ordinal);
        Assert.Contains("the column \"width\" of the training data is missing: did you mean \"widht\"?", Refusal("predict", "height,widht\n1,2\n"), StringComparison.Ordinal);
        Assert.Contains("no such file", CommandLine.Run("predict", "--model", folder["none"], "--data", "-").Refusal(), StringComparison.Ordinal);
        Assert.Contains("is it a safetensors file?", CommandLine.Run("predict", "--model", folder["table.csv"], "--data", "-").Refusal(), StringComparison.Ordinal);
        Assert.Contains("--output", CommandLine.Run("predict", "--model", ModelPath, "--data", "-", "--output", folder["none/out.csv"]).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluation_of_all_the_table_has_every_metric()
    {
        JsonElement json = CommandLine.Run("evaluate", "--model", ModelPath, "--data", folder["table.csv"], "--json", "-").Json();
        Assert.Equal(90, json.GetProperty("samples").GetInt32());
        Assert.InRange(json.GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.Equal(1, json.GetProperty("top_3_accuracy").GetDouble());
        Assert.InRange(json.GetProperty("nll").GetDouble(), 0.001, 0.5);
        Assert.InRange(json.GetProperty("ece").GetDouble(), 0.0001, 0.5);
        Assert.Equal(90, json.GetProperty("confusion").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(cell => cell.GetInt32()));
        Assert.Contains("90 samples, accuracy", CommandLine.Run("evaluate", "--model", ModelPath, "--data", folder["table.csv"]).Output, StringComparison.Ordinal);
        Assert.Contains("found \"z\", expected one of the classes \"a\", \"b,c\", \"ü\"", Refusal("evaluate", Header + "1,2,z\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_evaluation_is_that_of_the_training()
    {
        CommandLine train = CommandLine.Run("train", "--data", "blobs", "--hidden", "8", "--epochs", "3", "--seed", "5", "--output", folder["blobs"], "--json", "-");
        double expected = train.Json().GetProperty("test").GetProperty("accuracy").GetDouble();
        JsonElement json = CommandLine.Run("evaluate", "--model", folder["blobs/model.safetensors"], "--data", "blobs", "--seed", "5", "--json", "-").Json();
        Assert.Equal(expected, json.GetProperty("accuracy").GetDouble(), 0.002);
    }

    [Fact]
    public void Exported_to_ONNX_it_predicts_the_same_there_and_back_here()
    {
        Assert.Equal(0, CommandLine.Run("export", "--model", ModelPath, "--onnx", folder["m.onnx"], "--softmax").ExitCode);
        Matrix<float> x = Matrix<float>.Build.DenseOfArray(new[,] { { 101, -5.1f }, { 122, -4 }, { 143, -3.2f } });
        Matrix<float> expected = AutoDiffLsr.Formats.Model.Load<float>(ModelPath).Probabilities(x);
        Assert.InRange((expected - OnnxRuntimeModel.Run(File.ReadAllBytes(folder["m.onnx"]), x)).InfinityNorm(), 0, 1e-5);
        string[] here = [.. new[] { ModelPath, folder["m.onnx"] }.Select(model => CommandLine.RunWithInput("width,height\n101,-5.1\n122,-4\n", "predict", "--model", model, "--data", "-").Output)];
        Assert.Equal(here[0], here[1]);
    }

    [Fact]
    public void Exported_to_npz_it_has_an_array_for_each_weight()
    {
        Assert.Equal(0, CommandLine.Run("export", "--model", ModelPath, "--npz", folder["m.npz"], "--safetensors", folder["m.safetensors"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(ModelPath), File.ReadAllBytes(folder["m.safetensors"]));
        using ZipArchive archive = ZipFile.OpenRead(folder["m.npz"]);
        Assert.Equal(["0.weight.npy", "0.bias.npy", "2.weight.npy", "2.bias.npy"], archive.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public void Export_asks_for_a_format() =>
        Assert.Contains("give --onnx FILE, --safetensors FILE or --npz FILE", CommandLine.Run("export", "--model", ModelPath).Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Inspection_shows_layers_settings_and_weights()
    {
        CommandLine run = CommandLine.Run("inspect", "--model", ModelPath);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0      Dense 2 -> 8", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 features of float, standardized, 3 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("classes: a, b,c, ü", run.Output, StringComparison.Ordinal);
        Assert.Contains("seed: 1", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"0\.weight 2x8 +-?[0-9.]+ \|[ ▁▂▃▄▅▆▇█]{30}\| ", run.Output);
    }

    private string Refusal(string command, string input) => CommandLine.RunWithInput(input, command, "--model", ModelPath, "--data", "-").Refusal();
}
