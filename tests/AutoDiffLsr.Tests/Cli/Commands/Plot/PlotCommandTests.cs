using System.Xml.Linq;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Plot;

public sealed class PlotCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Losses_are_drawn_as_files_and_as_a_page()
    {
        CommandLine run = CommandLine.Run("plot", "losses", "--smoothing", "0.1,0.2", "--cost-classes", "10,50", "--output", folder["losses"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] drawings = Directory.GetFiles(folder["losses"], "*.svg");
        Assert.Equal(11, drawings.Length);
        Assert.All(drawings, file => Assert.NotNull(XElement.Load(file)));
        string page = File.ReadAllText(Path.Combine(folder["losses"], "report.html"));
        Assert.Equal(11, page.Split("<figure class=\"chart\">").Length - 1);
        Assert.Equal(9, File.ReadAllLines(Path.Combine(folder["losses"], "cost.csv")).Length);
    }

    [Theory]
    [InlineData("losses", "--smoothing", "0.1,1.5", "--smoothing has '1.5', but each of its numbers must be a number in [0, 1]")]
    [InlineData("losses", "--cost-classes", "10,x", "--cost-classes has 'x', but each of its numbers must be a whole number in [2, 1000000]")]
    [InlineData("features", "--model", "nothing.safetensors", "nothing.safetensors: found no such file")]
    [InlineData("tape", "--loss", "lsx", "--loss is 'lsx' (did you mean 'lsr'?)")]
    public void Bad_input_is_refused(string what, string option, string value, string expected) =>
        Assert.Contains(expected, CommandLine.Run("plot", what, option, value, "--output", folder["out"]).Refusal(), StringComparison.Ordinal);

    [Fact]
    public void What_to_plot_must_be_said() =>
        Assert.Contains("choose one of losses, tape, features", CommandLine.Run("plot").Refusal(), StringComparison.Ordinal);

    [Fact]
    public void A_tape_is_drawn_in_three_languages_with_the_same_boxes_and_arrows()
    {
        Assert.Equal(0, CommandLine.Run("plot", "tape", "--loss", "lsr", "--output", folder["tape"]).ExitCode);
        string dot = Read("tape.dot"), mermaid = Read("tape.mmd");
        XElement svg = XElement.Load(Path.Combine(folder["tape"], "tape.svg"));
        int boxes = dot.Split("[shape=").Length - 1, arrows = dot.Split(" -> ").Length - 1;
        Assert.InRange(boxes, 9, 12);
        Assert.Equal(boxes - 1, arrows); // every value of this net is used once
        Assert.Equal(arrows, mermaid.Split(" --> ").Length - 1);
        Assert.Equal(boxes + 1, svg.Descendants().Count(element => element.Name.LocalName == "rect")); // and the paper
        Assert.All(new[] { dot, mermaid, svg.ToString() }, text => Assert.Contains("label smoothing 1x1", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Features_are_drawn_a_panel_for_each_model()
    {
        foreach (string loss in new[] { "ce", "lsr" })
            Assert.Equal(0, CommandLine.Run("train", "--data", "blobs", "--hidden", "8", "--epochs", "1", "--loss", loss, "--quiet", "--output", folder[loss]).ExitCode);
        CommandLine run = CommandLine.Run(
            "plot", "features", "--data", "blobs", "--model", Model("ce"), Model("lsr"), "--samples", "150", "--perplexity", "12", "--classes", "2,0,1", "--output", folder["features"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("lsr 0.1: 150 samples, 8 features; perplexity 12", run.Output, StringComparison.Ordinal);
        Assert.Equal(["plane-1.svg", "plane-2.svg", "tsne-1.svg", "tsne-2.svg"], Directory.GetFiles(folder["features"], "*.svg").Select(Path.GetFileName).Order());
        File.WriteAllLines(folder["table.csv"], Enumerable.Range(0, 40).Select(i => $"{3 * i},{i % 7},{i % 5},{(i % 2 == 0 ? "even" : "odd")}"));
        Assert.Contains("takes 2 features, but table has 3", CommandLine.Run("plot", "features", "--data", folder["table.csv"], "--model", Model("ce")).Refusal(), StringComparison.Ordinal);
        Assert.Matches(@"knows \d classes, but moons has 2", CommandLine.Run("plot", "features", "--data", "moons", "--model", Model("ce")).Refusal());
    }

    [Fact]
    public void A_model_without_a_hidden_layer_has_no_features()
    {
        Assert.Equal(0, CommandLine.Run("train", "--data", "blobs", "--hidden", "none", "--epochs", "1", "--quiet", "--output", folder["linear"]).ExitCode);
        Assert.Contains("has no hidden layer, so it has no features", CommandLine.Run("plot", "features", "--data", "blobs", "--model", Model("linear")).Refusal(), StringComparison.Ordinal);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder["tape"], name));

    private string Model(string run) => Path.Combine(folder[run], "model.safetensors");
}
