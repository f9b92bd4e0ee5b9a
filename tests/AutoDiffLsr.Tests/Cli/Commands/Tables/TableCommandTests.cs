using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Data.Tables;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Tables;

/// <summary>Tables as people have them, from the raw file through training to predictions.</summary>
public sealed class TableCommandTests : IDisposable
{
    private const int Rows = 120;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_with_everything_trains_and_predicts_on_the_raw_file()
    {
        string table = Write("table.csv", Mixed());
        JsonElement json = Train(table, "--label-column", "bought", "--json", "-").Json();
        Assert.Equal("classification", json.GetProperty("task").GetString());
        Assert.Equal("bought", Assert.Single(json.GetProperty("target").EnumerateArray()).GetString());
        var roles = json.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("role").GetString());
        Assert.Equal(["identifier", "numeric", "categorical", "constant", "freetext", "target"], new[] { "CustomerId", "age", "city", "country", "name", "bought" }.Select(name => roles[name]));
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal("majority", json.GetProperty("baseline").GetProperty("kind").GetString());
        Assert.InRange(json.GetProperty("baseline").GetProperty("accuracy").GetDouble(), 0.4, 0.7);
        Assert.InRange(json.GetProperty("baseline").GetProperty("linear").GetProperty("accuracy").GetDouble(), 0.5, 0.9);
        Assert.Equal(5, json.GetProperty("tried").GetArrayLength());
        Assert.Contains("CustomerId", File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);

        CommandLine predictions = CommandLine.Run("predict", "--model", ModelPath, "--data", table);
        Assert.Equal(Rows + 1, predictions.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal("", predictions.Error);
        JsonElement evaluation = CommandLine.Run("evaluate", "--model", ModelPath, "--data", table, "--json", "-").Json();
        Assert.Equal(Rows, evaluation.GetProperty("samples").GetInt32());
        Assert.InRange(evaluation.GetProperty("accuracy").GetDouble(), 0.9, 1);
        string inspected = CommandLine.Run("inspect", "--model", ModelPath).Output;
        Assert.Contains("the target is bought, the task is classification", inspected, StringComparison.Ordinal);
        Assert.Contains("left out: its name says so, and no value comes twice", inspected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permuted_table_is_evaluated_by_the_names_of_its_columns()
    {
        string table = Write("table.csv", Mixed());
        Train(table, "--label-column", "bought", "--quiet");
        string[] lines = [.. Mixed().TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',').Reverse()))];
        string[] accuracies = [.. new[] { table, Write("permuted.csv", string.Join('\n', lines)) }.Select(data => CommandLine.Run("evaluate", "--model", ModelPath, "--data", data, "--json", "-").Json().GetProperty("accuracy").GetRawText())];
        Assert.Equal(accuracies[0], accuracies[1]);
        Assert.Equal(CommandLine.Run("predict", "--model", ModelPath, "--data", table).Output, CommandLine.Run("predict", "--model", ModelPath, "--data", folder["permuted.csv"]).Output);
    }

    [Fact]
    public void What_a_file_is_wrapped_in_and_the_order_of_its_columns_change_no_bit_of_the_weights()
    {
        string text = Mixed();
        string expected = Weights(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, Weights(Csv.Gzip(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(expected, Weights([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(text)]));
        Assert.Equal(expected, Weights(Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.Equal(expected, Weights(Encoding.UTF8.GetBytes(text.Replace(',', ';'))));
        Assert.Equal(expected, Weights(Encoding.UTF8.GetBytes(string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',').Reverse()))))));
        string[] wider = [.. text.TrimEnd('\n').Split('\n').Select((line, i) => FormattableString.Invariant($"{(i == 0 ? "noise" : i * i % 97)},{line}"))];
        Assert.Equal(expected, Weights(Encoding.UTF8.GetBytes(string.Join('\n', wider)), "--ignore-columns", "noise"));
        Assert.NotEqual(expected, Weights(Encoding.UTF8.GetBytes(string.Join('\n', wider))));
    }

    [Fact]
    public void An_identifier_is_left_out_and_that_is_said()
    {
        string table = Write("id.csv", string.Concat(Enumerable.Range(0, 90).Select(i => FormattableString.Invariant($"{i + 1},{i * 37 % 11},{i * 53 % 7},{i / 30}\n"))));
        CommandLine run = Train(table, "--epochs", "2");
        Assert.Matches("x0 +number +1 to 90 +0 +left out: counts the rows from 1", run.Output);
        Assert.Equal(2, AutoDiffLsr.Formats.Model.Load<float>(ModelPath).Features);
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_with_their_count()
    {
        string[] lines = [.. Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{i * 37 % 11},{i * 53 % 7},{(i % 20 == 3 ? "?" : i % 20 == 7 ? "NA" : (i % 2).ToString(CultureInfo.InvariantCulture))}"))];
        string table = Write("unlabelled.csv", string.Join('\n', lines));
        CommandLine run = Train(table, "--epochs", "2");
        Assert.Contains("10 rows have no value of the target \"x2\" and are left out", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 classes", run.Output, StringComparison.Ordinal);
        CommandLine evaluation = CommandLine.Run("evaluate", "--model", ModelPath, "--data", table);
        Assert.Contains("10 rows have no value of the target x2", evaluation.Error, StringComparison.Ordinal);
        Assert.Contains("90 samples", evaluation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_blows_up_without_becoming_infinite_is_a_failure()
    {
        string table = Write("wide.csv", string.Concat(Enumerable.Range(0, 60).Select(i => string.Join(',', Enumerable.Range(0, 40).Select(j => (i * 31 * (j + 3) % 101).ToString(CultureInfo.InvariantCulture))) + FormattableString.Invariant($",{"abc"[i % 3]}\n"))));
        CommandLine run = Train(table, "--optimizer", "sgd", "--learning-rate", "30", "--schedule", "constant", "--loss", "ce", "--epochs", "3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("far above", run.Error, StringComparison.Ordinal);
        Assert.Contains("learning rate is too high", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(ModelPath));
    }

    [Fact]
    public void A_regression_is_reported_and_predicted_in_the_units_of_its_target()
    {
        string table = Write("prices.csv", Prices());
        JsonElement json = Train(table, "--json", "-").Json();
        Assert.Equal("regression", json.GetProperty("task").GetString());
        JsonElement test = json.GetProperty("test");
        Assert.InRange(test.GetProperty("rmse").GetDouble(), 100, 12_000);
        Assert.InRange(test.GetProperty("mae").GetDouble(), 100, test.GetProperty("rmse").GetDouble());
        Assert.InRange(test.GetProperty("r2").GetDouble(), 0.95, 1);
        Assert.False(test.TryGetProperty("accuracy", out _));
        Assert.InRange(json.GetProperty("baseline").GetProperty("rmse").GetDouble(), 20_000, 200_000);
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.All(new[] { "Predicted against actual", "Residuals", "Error by range" }, title => Assert.Contains(title, report, StringComparison.Ordinal));
        Assert.StartsWith("epoch,learning_rate,train_loss,train_rmse,test_loss,test_rmse,seconds", File.ReadAllText(folder["run/history.csv"]), StringComparison.Ordinal);

        string[] predictions = CommandLine.Run("predict", "--model", ModelPath, "--data", table).Output.TrimEnd('\n').Split('\n');
        Assert.Equal("price", predictions[0]);
        double[] truth = [.. Prices().TrimEnd('\n').Split('\n').Skip(1).Select(line => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture))];
        double[] errors = [.. predictions.Skip(1).Select((text, i) => double.Parse(text, CultureInfo.InvariantCulture) - truth[i])];
        JsonElement evaluation = CommandLine.Run("evaluate", "--model", ModelPath, "--data", table, "--json", "-").Json();
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), evaluation.GetProperty("rmse").GetDouble(), 1);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("mae")]
    [InlineData("huber")]
    public void Losses_of_numbers_train_several_targets(string loss)
    {
        string table = Write("two.csv", "a,b,y,z\n" + string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{i % 10},{i * 7 % 13},{(3 * (i % 10)) + 0.5},{1000 - (50 * (i * 7 % 13)) + 0.25}\n"))));
        JsonElement test = Train(table, "--label-column", "y,z", "--loss", loss, "--hidden", "16", "--json", "-").Json().GetProperty("test");
        Assert.InRange(test.GetProperty("r2").GetDouble(), 0.9, 1);
        Assert.Equal(["y", "z"], test.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("name").GetString()));
        Assert.Equal("y,z", CommandLine.Run("predict", "--model", ModelPath, "--data", table).Output.Split('\n')[0]);
    }

    [Fact]
    public void Binary_cross_entropy_trains_one_logit_that_is_saved_as_a_probability()
    {
        string table = Write("table.csv", Mixed());
        JsonElement json = Train(table, "--label-column", "bought", "--loss", "bce", "--json", "-").Json();
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Model<float> model = AutoDiffLsr.Formats.Model.Load<float>(ModelPath);
        Assert.Equal((1, TargetKind.BinaryLabels, true), (model.Classes, model.Targets, model.EndsInSigmoid));
        string[] rows = CommandLine.Run("predict", "--model", ModelPath, "--data", table, "--probabilities").Output.TrimEnd('\n').Split('\n');
        Assert.Equal("label,class,probability,p0,p1", rows[0]);
        Assert.All(rows.Skip(1), row =>
        {
            string[] cells = row.Split(',');
            float p1 = float.Parse(cells[4], CultureInfo.InvariantCulture);
            Assert.Equal(p1 > 0.5 ? "yes" : "no", cells[1]);
            Assert.Equal(Math.Max(p1, 1 - p1), float.Parse(cells[2], CultureInfo.InvariantCulture), 1e-6f);
        });
        Assert.InRange(CommandLine.Run("evaluate", "--model", ModelPath, "--data", table, "--json", "-").Json().GetProperty("accuracy").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void One_output_is_never_the_softmax_of_one_number()
    {
        RandomSource random = new(1);
        new Model<float>(new Sequential<float>(new Dense<float>(2, 1, random))).Save(folder["number.safetensors"]);
        new Model<float>(new Sequential<float>(new Dense<float>(2, 1, random), new Sigmoid<float>())).Save(folder["sigmoid.safetensors"]);
        string number = CommandLine.RunWithInput("0.5,1\n-3,2\n", "predict", "--model", folder["number.safetensors"], "--data", "-").Output;
        Assert.StartsWith("prediction\n", number, StringComparison.Ordinal);
        Assert.Equal(2, number.TrimEnd('\n').Split('\n').Skip(1).Distinct().Count());
        string[] rows = CommandLine.RunWithInput("0.5,1\n-3,2\n", "predict", "--model", folder["sigmoid.safetensors"], "--data", "-").Output.TrimEnd('\n').Split('\n');
        Assert.All(rows.Skip(1), row => Assert.InRange(float.Parse(row.Split(',')[2], CultureInfo.InvariantCulture), 0.5f, 0.999f));
    }

    [Fact]
    public void A_loss_of_another_task_is_refused()
    {
        Assert.Contains("mse is a loss for regression, but the target bought is a class", Refusal(Write("table.csv", Mixed()), "--label-column", "bought", "--loss", "mse"), StringComparison.Ordinal);
        Assert.Contains("ce is a loss for classification, but the target price is a number", Refusal(Write("prices.csv", Prices()), "--loss", "ce"), StringComparison.Ordinal);
        Assert.Contains("--loss bce has one logit for two classes, but there are 3", Refusal(Write("three.csv", string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i * i},{"abc"[i % 3]}\n")))), "--loss", "bce"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_can_be_the_test_part_and_a_part_can_be_watched()
    {
        string table = Write("table.csv", Mixed()), test = Write("test.csv", string.Join('\n', Mixed().Split('\n').Take(31)));
        JsonElement json = Train(table, "--label-column", "bought", "--test", test, "--validation-fraction", "0.25", "--epochs", "3", "--json", "-").Json();
        JsonElement data = json.GetProperty("data");
        Assert.Equal((90, 30, 30), (data.GetProperty("train_samples").GetInt32(), data.GetProperty("validation_samples").GetInt32(), data.GetProperty("test_samples").GetInt32()));
        Assert.Contains("validation_loss", File.ReadLines(folder["run/history.csv"]).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_need_be_held_back()
    {
        CommandLine run = Train(Write("table.csv", Mixed()), "--label-column", "bought", "--test-fraction", "0", "--epochs", "3");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("nothing was held back to test on", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_never_seen_are_counted()
    {
        Train(Write("table.csv", Mixed()), "--label-column", "bought", "--epochs", "3", "--quiet");
        CommandLine run = CommandLine.RunWithInput("age,city\n30,Atlantis\n,Lima\n", "predict", "--model", ModelPath, "--data", "-");
        Assert.Equal(3, run.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("note: \"city\": 1 value of categories that training has not seen, such as \"Atlantis\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_are_exported_to_ONNX_only_when_encoded_rows_are_asked_for()
    {
        Train(Write("table.csv", Mixed()), "--label-column", "bought", "--epochs", "3", "--quiet");
        Assert.Contains("with --encoded it takes the", CommandLine.Run("export", "--model", ModelPath, "--onnx", folder["m.onnx"]).Refusal(), StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("export", "--model", ModelPath, "--onnx", folder["m.onnx"], "--encoded").ExitCode);
        Assert.True(File.Exists(folder["m.onnx"]));
    }

    [Fact]
    public void Hidden_characters_in_class_names_do_not_reach_the_terminal_or_spoil_the_report()
    {
        string table = Write("names.csv", string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i * 7 % 13},{i % 3},{(i % 2 == 0 ? "a\u001B[31m\u0007" : "b\uFFFE")}\n"))));
        Assert.Equal(0, Train(table, "--epochs", "2", "--quiet").ExitCode);
        Assert.True(File.Exists(folder["run/report.html"]));
        CommandLine evaluation = CommandLine.Run("evaluate", "--model", ModelPath, "--data", table);
        Assert.Equal(0, evaluation.ExitCode);
        Assert.DoesNotContain(evaluation.Output + evaluation.Error, letter => letter is '\u001B' or '\u0007' or '\uFFFE');
    }

    [Theory]
    [InlineData("abalone.csv", null, 1.5, 2.5)]
    [InlineData("auto-mpg.csv", "mpg", 1.5, 4)]
    [InlineData("housing.csv", null, 2, 5)]
    [InlineData("regression-semicolons.csv", null, 0.5, 5)]
    public void Real_regressions_are_learnt(string file, string? target, double low, double high)
    {
        JsonElement json = Train(SharedData.Require($"tables/{file}"), [.. target is null ? Array.Empty<string>() : ["--label-column", target], "--json", "-"]).Json();
        Assert.InRange(json.GetProperty("test").GetProperty("rmse").GetDouble(), low, high);
        Assert.True(json.GetProperty("test").GetProperty("rmse").GetDouble() < 0.9 * json.GetProperty("baseline").GetProperty("rmse").GetDouble());
    }

    [Theory]
    [InlineData("breast-cancer-wisconsin.csv", null, 0.93)]
    [InlineData("cnae9-170-rows.csv", "0", 0.7)]
    [InlineData("glass-with-id.csv", null, 0.55)]
    [InlineData("haberman.csv", null, 0.62)]
    [InlineData("heart-trailing-commas.csv", null, 0.72)]
    [InlineData("house-votes.csv", null, 0.9)]
    [InlineData("iris-decimal-comma.txt", null, 0.9)]
    [InlineData("iris-with-id.csv", null, 0.9)]
    [InlineData("mnist-label-first-150-rows.csv", null, 0.65)]
    [InlineData("pima.csv", null, 0.7)]
    [InlineData("titanic.csv", "survived", 0.76)]
    public void Real_classes_are_learnt(string file, string? target, double accuracy)
    {
        string[] more = [.. target is null ? Array.Empty<string>() : ["--label-column", target], .. file == "titanic.csv" ? ["--ignore-columns", "alive"] : Array.Empty<string>()];
        JsonElement json = Train(SharedData.Require($"tables/{file}"), [.. more, "--json", "-"]).Json();
        Assert.InRange(json.GetProperty("test").GetProperty("accuracy").GetDouble(), accuracy, 1);
    }

    private string ModelPath => folder["run/model.safetensors"];

    private static string Mixed()
    {
        string[] cities = ["Lima", "Oslo", "Rome"];
        StringBuilder table = new("CustomerId,age,city,country,name,bought\n");
        for (int i = 0; i < Rows; i++)
        {
            string age = i % 12 == 5 ? "" : (20 + (i * 37 % 50)).ToString(CultureInfo.InvariantCulture);
            bool bought = (i * 37 % 50 > 20) != (cities[i % 3] == "Oslo");
            table.Append(CultureInfo.InvariantCulture, $"{1000 + (i * 7)},{age},{cities[i % 3]},Peru,person {i},{(bought ? "yes" : "no")}\n");
        }

        return table.ToString();
    }

    private static string Prices()
    {
        StringBuilder table = new("rooms,area,quarter,price\n");
        for (int i = 0; i < 150; i++)
        {
            int rooms = 1 + (i % 6), area = 30 + (i * 31 % 90);
            table.Append(CultureInfo.InvariantCulture, $"{rooms},{area},{(i % 4 == 0 ? "old" : "new")},{50_000 + (20_000 * rooms) + (1_500 * area) - (i % 4 == 0 ? 30_000 : 0) + (i % 10 * 100) + 0.5}\n");
        }

        return table.ToString();
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    private CommandLine Train(string table, params string[] more)
    {
        if (Directory.Exists(folder["run"]))
            Directory.Delete(folder["run"], recursive: true);
        return CommandLine.Run(["train", "--data", table, .. more, "--output", folder["run"]]);
    }

    private string Refusal(string table, params string[] more)
    {
        CommandLine run = CommandLine.Run(["train", "--data", table, .. more, "--quiet", "--output", folder["refused"]]);
        Assert.False(Directory.Exists(folder["refused"]));
        return run.Refusal();
    }

    /// <summary>The weights after a few epochs as text, all bits of them.</summary>
    private string Weights(byte[] file, params string[] more)
    {
        File.WriteAllBytes(folder["wrapped.csv"], file);
        CommandLine run = Train(folder["wrapped.csv"], ["--label-column", "bought", "--optimizer", "adamw", "--hidden", "8", "--epochs", "3", "--quiet", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        Model<float> model = AutoDiffLsr.Formats.Model.Load<float>(ModelPath);
        return string.Join('|', model.Layers.NamedParameters().Select(named => named.Name + string.Join(',', named.Parameter.Value.Enumerate().Select(BitConverter.SingleToInt32Bits))));
    }
}
