using System.Text.Json;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Loss;

/// <summary>Golden values are those of GoldenLossTests.</summary>
public sealed class LossCommandTests
{
    private const string Logits = "1,2,3\n50,0,1\n";

    [Theory]
    [InlineData("ce", "double", .40760596444438, 1e-12)]
    [InlineData("lsr", "double", .50760596444438, 1e-12)]
    [InlineData("sparse-lsr", "double", .499598330647162, 1e-12)]
    [InlineData("sparse-lsr", "single", .499598330647162, 1e-6)]
    public void Json_has_the_loss_and_the_gradient(string loss, string precision, double expected, double tolerance)
    {
        JsonElement json = CommandLine.RunWithInput(
            "1,2,3", "loss", "--loss", loss, "--smoothing", "0.1", "--logits", "-", "--labels", "2", "--precision", precision, "--json", "-").Json();
        Assert.Equal(expected, json.GetProperty("loss").GetDouble(), tolerance);
        double[] gradient = [.. Row(json, 0)];
        Assert.Equal(3, gradient.Length);
        Assert.Equal(0, gradient.Sum(), 1e-6);
        Assert.True(gradient[2] < -.2);
    }

    [Fact]
    public void No_reduction_gives_each_row_its_own_loss_and_gradient()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["logits.csv"], Logits);
        File.WriteAllText(folder["labels.txt"], "2\n0\n");
        string[] arguments = ["loss", "--logits", folder["logits.csv"], "--labels", folder["labels.txt"], "--json", "-", "--reduction"];
        JsonElement none = CommandLine.Run([.. arguments, "none"]).Json();
        JsonElement sum = CommandLine.Run([.. arguments, "sum"]).Json();
        JsonElement mean = CommandLine.Run([.. arguments, "mean"]).Json();
        double[] losses = [.. none.GetProperty("loss").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(2, losses.Length);
        Assert.Equal(.499598330647162, losses[0], 1e-12);
        Assert.Equal(losses.Sum(), sum.GetProperty("loss").GetDouble(), 1e-12);
        Assert.Equal(losses.Average(), mean.GetProperty("loss").GetDouble(), 1e-12);
        Assert.Equal(Row(none, 1), Row(sum, 1));
        Assert.Equal(Row(none, 1).Select(value => value / 2), Row(mean, 1));
    }

    [Fact]
    public void The_digits_give_the_number_back()
    {
        JsonElement json = CommandLine.RunWithInput("0.3,0.1", "loss", "--loss", "ce", "--logits", "-", "--labels", "0", "--precision", "single", "--json", "-").Json();
        string digits = Assert.Single(json.GetProperty("gradient").EnumerateArray())[0].GetRawText();
        float value = float.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(-1 / (1 + Math.Exp(.2f)), value, 1e-7);
        Assert.True(digits.Length <= 12, $"{digits} has digits that a float does not have");
    }

    [Fact]
    public void The_published_form_has_the_other_sign()
    {
        string[] arguments = ["loss", "--logits", "-", "--labels", "0", "--json", "-"];
        double exact = CommandLine.RunWithInput("10,0,0", arguments).Json().GetProperty("gradient")[0][0].GetDouble();
        double published = CommandLine.RunWithInput("10,0,0", [.. arguments, "--form", "as-published"]).Json().GetProperty("gradient")[0][0].GetDouble();
        Assert.True(exact > 0, "Sparse label smoothing lowers the logit of a label it is too sure of.");
        Assert.True(published < 0, "The published sign raises it further.");
    }

    [Fact]
    public void Ace_with_phi_1_alone_is_cross_entropy()
    {
        string[] arguments = ["loss", "--logits", "-", "--labels", "1", "--json", "-", "--loss"];
        double[] ace = [.. Row(CommandLine.RunWithInput("1,2,3", [.. arguments, "ace", "--phi1", "1"]).Json(), 0)];
        double[] ce = [.. Row(CommandLine.RunWithInput("1,2,3", [.. arguments, "ce"]).Json(), 0)];
        Assert.All(ace.Zip(ce), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void A_loss_beyond_the_type_is_named_and_not_a_wrong_number()
    {
        JsonElement json = CommandLine.RunWithInput("3e38,-3e38", "loss", "--loss", "ce", "--logits", "-", "--labels", "1", "--precision", "single", "--json", "-").Json();
        Assert.Equal("Infinity", json.GetProperty("loss").GetString());
        Assert.Equal([1, -1], Row(json, 0));
    }

    [Fact]
    public void Text_has_the_same_numbers()
    {
        CommandLine run = CommandLine.RunWithInput("0,0", "loss", "--loss", "ce", "--logits", "-", "--labels", "0");
        Assert.Equal("loss\n0.6931471805599453\ngradient\n-0.5,0.5\n", run.Output);
    }

    [Fact]
    public void Json_goes_to_a_file_beside_the_text()
    {
        using TemporaryFolder folder = new();
        CommandLine run = CommandLine.RunWithInput("0,0", "loss", "--loss", "ce", "--logits", "-", "--labels", "0", "--json", folder["loss.json"]);
        Assert.StartsWith("loss\n", run.Output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["loss.json"]));
        Assert.Equal(Math.Log(2), json.RootElement.GetProperty("loss").GetDouble(), 1e-15);
    }

    [Theory]
    [InlineData("1,2\n3\n", "0,1", "standard input, line 2: found 1 field, expected 2")]
    [InlineData("1,2\n3,x\n", "0,1", "standard input, line 2, column 2: found \"x\", expected a finite number")]
    [InlineData("1,nan\n", "0", "standard input, line 1, column 2: found a missing value, expected a finite number")]
    [InlineData("", "0", "standard input: found an empty file")]
    [InlineData("1\n2\n", "0,0", "has 1 column, but a loss needs at least 2 classes")]
    [InlineData("1,2\n3,4\n", "0", "--labels has 1 labels, but --logits - has 2 rows")]
    [InlineData("1,2\n3,4\n", "0,2", "labels[1] is 2, but the logits have 2 classes (0..1)")]
    [InlineData("1,2\n3,4\n", "0,-1", "labels[1] is -1, but the logits have 2 classes (0..1)")]
    [InlineData("1,2\n3,4\n", "no-such-labels.txt", "--labels no-such-labels.txt is no such file")]
    public void Bad_input_is_named_with_its_place(string logits, string labels, string expected) =>
        Assert.Contains(expected, CommandLine.RunWithInput(logits, "loss", "--logits", "-", "--labels", labels).Refusal());

    [Fact]
    public void A_bad_label_in_a_file_is_named_with_its_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["labels.txt"], "0\none\n");
        Assert.Contains("labels.txt, line 2: found 'one'", CommandLine.RunWithInput("1,2\n3,4\n", "loss", "--logits", "-", "--labels", folder["labels.txt"]).Refusal());
    }

    [Theory]
    [InlineData("--form as-published is a form of sparse-lsr, but --loss is ce", "--loss", "ce", "--form", "as-published")]
    [InlineData("--phi0 and --phi1 belong to ace, but --loss is sparse-lsr", "--phi1", "2")]
    [InlineData("cannot be written", "--json", "no-such-folder/loss.json")]
    public void Options_that_contradict_each_other_are_refused(string expected, params string[] arguments) =>
        Assert.Contains(expected, CommandLine.RunWithInput("1,2", ["loss", "--logits", "-", "--labels", "0", .. arguments]).Refusal());

    private static IEnumerable<double> Row(JsonElement json, int row) => json.GetProperty("gradient")[row].EnumerateArray().Select(value => value.GetDouble());
}
