using System.Text.Json;
using AutoDiffLsr.Tests.Data;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

/// <summary>Convolutional nets and colour images in the tool.</summary>
public sealed class TrainImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_convolutional_net_trains_on_colour_images_is_evaluated_and_exported_and_shows_its_filters()
    {
        CifarTests.WriteCifar10(folder["cifar"]);
        JsonElement json = Train("--model", "lenet5", "--augment", "--optimizer", "sgd", "--nesterov", "--schedule", "steps", "--steps", "5", "--milestones", "2,4", "--batch-size", "8", "--json", "-").Json();
        Assert.Equal("Conv2D 3x32x32 -> 6x28x28, kernel 5", json.GetProperty("model").GetProperty("layers")[0].GetString());
        Assert.Equal(3, json.GetProperty("epochs").GetInt32());
        string[] rates = [.. File.ReadAllLines(Path.Combine(folder["run"], "history.csv"))[1..].Select(line => line.Split(',')[1])];
        Assert.Equal(["0.1", "0.010000000000000002", "0.0010000000000000002"], rates);
        string report = File.ReadAllText(Path.Combine(folder["run"], "report.html"));
        Assert.Contains("Filters of the first layer", report, StringComparison.Ordinal);
        Assert.Equal(6, report.Split("alt=\"Filter ").Length - 1);

        string model = Path.Combine(folder["run"], "model.safetensors");
        JsonElement evaluated = CommandLine.Run("evaluate", "--model", model, "--data", folder["cifar"], "--json", "-").Json();
        Assert.Equal(json.GetProperty("test").GetProperty("accuracy").GetDouble(), evaluated.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(0, CommandLine.Run("export", "--model", model, "--onnx", folder["m.onnx"]).ExitCode);
        Assert.True(File.Exists(folder["m.onnx"]));
        Assert.Contains("32 x 32 x 3", CommandLine.Run("inspect", "--model", model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_augmented_training()
    {
        CifarTests.WriteCifar10(folder["cifar"]);
        string First() => Train("--model", "lenet5", "--augment", "--epochs", "2", "--batch-size", "4", "--output", folder[Guid.NewGuid().ToString("N")], "--json", "-").Json().GetProperty("train").GetProperty("loss").GetRawText();
        Assert.Equal(First(), First());
    }

    [Theory]
    [InlineData("--model lenet5 takes images, but moons has none: take --model mlp", "--data", "moons", "--model", "lenet5")]
    [InlineData("--augment is for images, but moons has none", "--data", "moons", "--augment")]
    [InlineData("--epochs and --steps say the same in two ways: give one of them", "--data", "moons", "--epochs", "2", "--steps", "3")]
    [InlineData("--milestones is for --schedule steps", "--data", "moons", "--milestones", "3")]
    [InlineData("--nesterov is for --optimizer sgd with a momentum above 0", "--data", "moons", "--optimizer", "adam", "--nesterov")]
    public void What_does_not_go_together_is_refused(string message, params string[] arguments) =>
        Assert.Equal(message, CommandLine.Run(["train", .. arguments, "--output", folder["run"]]).Refusal());

    private CommandLine Train(params string[] arguments) =>
        CommandLine.Run(["train", "--data", folder["cifar"], .. arguments.Contains("--output") ? arguments : [.. arguments, "--output", folder["run"]]]);
}
