using AutoDiffLsr.Tests.Data;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands.Train;

/// <summary>What a user may give wrong, and that it is told in one line with what, where, and what would be right.</summary>
public sealed class TrainBadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("no-such.csv", "no-such.csv: there is no such file or folder; give one of digits, shapes, moons, spirals, blobs, mnist, cifar10, cifar100")]
    [InlineData("digist", "digist (did you mean 'digits'?): there is no such file or folder")]
    public void Missing_data(string data, string expected) => Assert.Contains(expected, Refusal(data));

    [Fact]
    public void A_folder_without_the_files() =>
        Assert.Contains("found no file train-images-idx3-ubyte, expected a folder with train-images-idx3-ubyte", Refusal(folder.Path));

    [Fact]
    public void A_folder_for_mnist_without_the_files() =>
        Assert.Contains("found no file train-images-idx3-ubyte", Refusal("mnist", "--data-dir", folder.Path));

    [Fact]
    public void A_wrong_magic_number()
    {
        string data = IdxFolder(("train-labels-idx1-ubyte", IdxFiles.Images(6)));
        string line = Refusal(data);
        Assert.Contains(Path.Combine(data, "train-labels-idx1-ubyte") + ": found", line);
        Assert.Contains(", expected ", line);
    }

    [Fact]
    public void A_length_that_does_not_fit_the_header()
    {
        string line = Refusal(IdxFolder(("train-images-idx3-ubyte", IdxFiles.Images(6)[..^1])));
        Assert.Contains("train-images-idx3-ubyte: found 23 bytes", line);
        Assert.Contains("after the header, expected 6 x 2 x 2 bytes as the header says", line);
    }

    [Fact]
    public void A_truncated_gzip()
    {
        string data = IdxFolder();
        File.Delete(Path.Combine(data, "train-images-idx3-ubyte"));
        File.WriteAllBytes(Path.Combine(data, "train-images-idx3-ubyte.gz"), IdxFiles.Gzip(IdxFiles.Images(6))[..^12]);
        string line = Refusal(data);
        Assert.Contains("train-images-idx3-ubyte.gz: found", line);
        Assert.Contains(", expected ", line);
    }

    [Fact]
    public void Images_and_labels_of_different_counts() =>
        Assert.Contains("found 5 labels, expected 6", Refusal(IdxFolder(("train-labels-idx1-ubyte", IdxFiles.Labels(5)))));

    [Fact]
    public void A_label_of_another_class_set_in_the_test_file() => Assert.Contains(
        "t10k-labels-idx1-ubyte: found label 9 at sample 2, expected one of the training labels 0..2",
        Refusal(IdxFolder(("t10k-labels-idx1-ubyte", IdxFiles.Make([0, 9, 1], 3)))));

    [Theory]
    [InlineData("1,2,a\n3,b\n", "line 2: found 2 fields, expected 3")]
    [InlineData("1,2,a\n3,inf,b\n", "line 2, column 2 (\"x1\"): found \"inf\", expected a finite number")]
    [InlineData("", "found an empty file, expected a table with rows")]
    [InlineData("x,y\n", "found a header and no rows")]
    [InlineData("1,2,a\n3,4,a\n", "the target \"x2\" is \"a\" in every row")]
    [InlineData("1,2,a\n3,4,a\n", "--label-column")]
    [InlineData("1;2;a\n3;4;b\n", "too few to test on a part of them")]
    [InlineData("1,2,a\n3,\"4,b\n", "line 2, column 2: found a quote that is never closed")]
    public void A_table_that_is_none(string table, string expected)
    {
        File.WriteAllText(folder["table.csv"], table);
        string line = Refusal(folder["table.csv"]);
        Assert.Contains("table", line);
        Assert.Contains(expected, line);
    }

    [Fact]
    public void A_label_column_that_is_not_there()
    {
        File.WriteAllText(folder["table.csv"], "x,y,kind\n1,2,a\n3,4,b\n");
        Assert.Contains("there is no column \"species\"; the columns are \"x\", \"y\", \"kind\"", Refusal(folder["table.csv"], "--label-column", "species"));
        Assert.Contains("there is no column \"7\"", Refusal(folder["table.csv"], "--label-column", "7"));
    }

    [Fact]
    public void An_output_folder_that_is_not_empty()
    {
        File.WriteAllText(folder["precious.txt"], "");
        CommandLine run = CommandLine.Run("train", "--data", "blobs", "--output", folder.Path);
        Assert.Contains($"--output {folder.Path} is not empty", run.Refusal());
        Assert.Equal([folder["precious.txt"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made()
    {
        File.WriteAllText(folder["file"], "");
        string inside = Path.Combine(folder["file"], "run");
        Assert.Contains($"--output {inside} cannot be written", CommandLine.Run("train", "--data", "blobs", "--output", inside).Refusal());
    }

    [Fact]
    public void A_json_file_that_cannot_be_written() =>
        Assert.Contains($"--json {folder.Path} cannot be written", Refusal("blobs", "--json", folder.Path));

    [Theory]
    [InlineData("a matrix of 1000000 x 1000000 has 1000000000000 numbers", "--hidden", "1000000,1000000")]
    [InlineData("a matrix of 3000 x 1000000 has 3000000000 numbers", "--hidden", "1000000", "--batch-size", "3000")]
    [InlineData("parameters in batches of 1 need about", "--hidden", "40000,40000,40000,40000,40000,40000,40000,40000,40000,40000,40000,40000", "--batch-size", "1")]
    public void A_net_that_is_too_large(string expected, params string[] arguments) => Assert.Contains(expected, Refusal("spirals", arguments));

    [Fact]
    public void A_loss_that_turns_infinite()
    {
        CommandLine run = CommandLine.Run("train", "--data", "blobs", "--hidden", "8", "--learning-rate", "1e20", "--quiet", "--output", folder["run"]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        string line = Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("in epoch 1, batch 2, at learning rate", line);
        Assert.Contains("Most likely the learning rate is too high", line);
        Assert.Contains(folder["run"], line);
        AutoDiffLsr.Formats.Model.Load<float>(Path.Combine(folder["run"], AutoDiffLsr.Cli.Training.RunFiles.Model), requireFinite: true);
    }

    /// <summary>The line that train refuses the arguments with; it leaves no output folder behind.</summary>
    private string Refusal(string data, params string[] more)
    {
        string line = CommandLine.Run(["train", "--data", data, .. more, "--quiet", "--output", folder["run"]]).Refusal();
        Assert.False(Directory.Exists(folder["run"]), "An empty output folder was left behind.");
        return line;
    }

    private string IdxFolder(params (string Name, byte[] Content)[] instead)
    {
        string data = Directory.CreateDirectory(folder["images"]).FullName;
        IdxFiles.WriteFolder(data);
        foreach ((string name, byte[] content) in instead)
            File.WriteAllBytes(Path.Combine(data, name), content);
        return data;
    }
}
