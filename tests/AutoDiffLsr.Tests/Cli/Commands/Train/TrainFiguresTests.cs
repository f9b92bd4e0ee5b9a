using System.Globalization;
using System.Text.Json;
using AutoDiffLsr.Data;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

/// <summary>That each figure of a training stands under its own name, and that options and names reach what they are for.</summary>
public sealed class TrainFiguresTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_scores_of_the_metrics_are_those_that_the_library_computes_of_the_saved_model()
    {
        JsonElement test = Train("run", "--data", "blobs", "--hidden", "4", "--epochs", "2", "--seed", "5").GetProperty("test");
        Model<float> model = Model.Load<float>(folder["run/model.safetensors"]);
        Dataset<float> data = BuiltInData.Create<float>("blobs", 5).Test;
        float[] outputs = new float[data.Count * 4];
        model.Outputs(data.Samples, outputs);
        Evaluation evaluation = new(4);
        evaluation.Add(Matrix<float>.Build.DenseOfRowMajor(data.Count, 4, outputs), data.Labels);
        Assert.Equal(evaluation.Accuracy, test.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(evaluation.NegativeLogLikelihood, test.GetProperty("nll").GetDouble(), 1e-5);
        Assert.Equal(evaluation.CalibrationError, test.GetProperty("ece").GetDouble(), 1e-4);
        Assert.True(Math.Abs(evaluation.NegativeLogLikelihood - evaluation.CalibrationError) > 0.01);
    }

    [Fact]
    public void Each_column_of_the_history_is_what_its_name_says()
    {
        JsonElement json = Train("run", "--data", "moons", "--hidden", "8", "--epochs", "4", "--loss", "ce", "--optimizer", "adam", "--learning-rate", "0.01", "--schedule", "constant");
        double[][] rows = [.. File.ReadAllLines(folder["run/history.csv"]).Skip(1).Select(line => (double[])[.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))])];
        JsonElement test = json.GetProperty("test"), train = json.GetProperty("train");
        Assert.All(rows, row => Assert.Equal(0.01, row[1]));
        Assert.Equal(test.GetProperty("loss").GetDouble(), rows[^1][4]);
        Assert.Equal(test.GetProperty("accuracy").GetDouble(), rows[^1][5]);
        Assert.NotEqual(rows[^1][4], rows[^1][5]);

        // The training figures are means over the epoch, so the last ones are near those of the final weights: the loss falls and the accuracy rises.
        Assert.True(rows[^1][2] < rows[0][2] && rows[^1][3] > rows[0][3]);
        Assert.InRange(rows[^1][3], 0.5, 1);
        Assert.Equal(train.GetProperty("accuracy").GetDouble(), rows[^1][3], 0.1);
        Assert.Equal(train.GetProperty("loss").GetDouble(), rows[^1][2], 0.15);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    public void Weight_decay_reaches_every_optimizer(string optimizer)
    {
        double without = Norm("0"), with = Norm("0.3");
        Assert.True(with < 0.95 * without, $"{with} with, {without} without");

        double Norm(string decay)
        {
            Train(decay, "--data", "moons", "--hidden", "8", "--epochs", "3", "--optimizer", optimizer, "--learning-rate", "0.01", "--weight-decay", decay);
            return Model.Load<float>(folder[$"{decay}/model.safetensors"]) is Model<float> model ? ((Sequential<float>)model.Layers).OfType<Dense<float>>().Sum(dense => dense.Weight.Value.FrobeniusNorm()) : 0;
        }
    }

    [Fact]
    public void Names_with_markup_are_text_in_the_report()
    {
        File.WriteAllText(folder["<b>t&.csv"], "x,<i>y,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant(
            $"{Math.Sin(i)},{Math.Cos(3 * i)},{(i % 2 == 0 ? "<script>alert(1)</script>" : "\"a'&b\"\"\"")}\n"))));
        Train("run", "--data", folder["<b>t&.csv"], "--hidden", "4", "--epochs", "2");
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.DoesNotContain("<script>alert", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>t&", report, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_outputs_are_the_first_class()
    {
        Dense<float> zeros = new(2, 3, new RandomSource(1), initializer: Initializer.Zeros);
        zeros.Bias!.Update().Clear();
        new Model<float>(zeros, info: new ModelInfo { ClassNames = ["first", "second", "third"], FeatureNames = ["a", "b"] }).Save(folder["m.safetensors"]);
        CommandLine run = CommandLine.RunWithInput("a,b\n1,2\n3,4\n", "predict", "--model", folder["m.safetensors"], "--data", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("first", run.Output.Split('\n')[1], StringComparison.Ordinal);
        Assert.DoesNotContain("third,", run.Output.Split('\n', 2)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_of_the_users_stays_when_the_training_is_refused()
    {
        Directory.CreateDirectory(folder["mine"]);
        CommandLine.Run("train", "--data", folder["missing.csv"], "--output", folder["mine"]).Refusal();
        Assert.True(Directory.Exists(folder["mine"]));
        Assert.Empty(Directory.GetFileSystemEntries(folder["mine"]));
    }

    private JsonElement Train(string name, params string[] arguments) =>
        CommandLine.Run(["train", .. arguments, "--output", folder[name], "--json", "-", "--quiet"]).Json();
}
