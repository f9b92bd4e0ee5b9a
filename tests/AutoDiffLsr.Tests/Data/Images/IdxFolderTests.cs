using System.Numerics.Tensors;
using AutoDiffLsr.Data;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class IdxFolderTests
{
    [Theory]
    [InlineData("-", false)]
    [InlineData("-", true)]
    [InlineData(".", false)]
    [InlineData(".", true)]
    public void The_four_files_are_found_under_their_names(string beforeIdx, bool gzip)
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path, spell: name => name.Replace("-idx", beforeIdx + "idx", StringComparison.Ordinal), gzip: gzip);
        Assert.True(IdxFolder.IsComplete(folder.Path));
        (Dataset<double> train, Dataset<double> test) = IdxFolder.Read<double>(folder.Path, "tiny");
        Assert.Equal(("tiny", 6, 3, 4, 3), (train.Name, train.Count, test.Count, train.Features, train.Classes));
        Assert.Equal(new ImageSize(2, 2), train.ImageSize);
        Assert.Equal([0, 1, 2, 0, 1, 2], train.Labels);
        Assert.Equal(Enumerable.Repeat(5 / 255.0, 4), train.Sample(5).ToArray());
    }

    [Theory]
    [InlineData("", "emnist-letters-", "test-")]
    [InlineData("raw", "", "t10k-")]
    [InlineData("MNIST/raw", "", "test-")]
    public void The_four_files_are_found_under_the_names_and_in_the_places_of_others(string place, string prefix, string test)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder[place]);
        IdxFiles.WriteFolder(folder[place], spell: name => prefix + name.Replace("t10k-", test, StringComparison.Ordinal), gzip: true);
        Assert.True(IdxFolder.IsComplete(folder.Path));
        Assert.Equal((6, 3), (IdxFolder.Read<float>(folder.Path).Train.Count, IdxFolder.Read<float>(folder.Path).Test.Count));
        File.Delete(Path.Combine(folder[place], prefix + "train-labels-idx1-ubyte.gz"));
        Assert.False(IdxFolder.IsComplete(folder.Path));
    }

    [Fact]
    public void Files_under_two_prefixes_are_not_mixed()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path, train: 5, spell: name => "emnist-a-" + name);
        IdxFiles.WriteFolder(folder.Path, train: 6, spell: name => "emnist-bb-" + name);
        Assert.Equal(5, IdxFolder.Read<float>(folder.Path).Train.Count);
        File.Delete(folder["emnist-a-train-labels-idx1-ubyte"]);
        Assert.Equal(6, IdxFolder.Read<float>(folder.Path).Train.Count);
    }

    [Fact]
    public void Only_the_labels_that_occur_are_classes()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], IdxFiles.Make([26, 1, 7, 26, 1, 1], 6));
        File.WriteAllBytes(folder["t10k-labels-idx1-ubyte"], IdxFiles.Make([7, 26, 1], 3));
        (Dataset<float> train, Dataset<float> test) = IdxFolder.Read<float>(folder.Path);
        Assert.Equal(["1", "7", "26"], train.ClassNames);
        Assert.Equal([2, 0, 1, 2, 0, 0], train.Labels);
        Assert.Equal([1, 2, 0], test.Labels);
        File.WriteAllBytes(folder["t10k-labels-idx1-ubyte"], IdxFiles.Make([7, 0, 1], 3));
        AssertRefused(folder.Path, "found label 0 at sample 2, expected one of the training labels 1, 7, 26");
    }

    [Fact]
    public void A_missing_file_is_named_with_what_was_looked_for()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.Delete(folder["t10k-labels-idx1-ubyte"]);
        Assert.False(IdxFolder.IsComplete(folder.Path));
        AssertRefused(folder.Path, $"{folder.Path}: found no file t10k-labels-idx1-ubyte, expected a folder with t10k-labels-idx1-ubyte or t10k-labels.idx1-ubyte or");
        AssertRefused(folder["none"], "no such folder");
        AssertRefused("", "no such folder");
        AssertRefused("a\0b", "no such folder");
        AssertRefused(folder["t10k-images-idx3-ubyte"], "found a file, expected a folder");
    }

    [Fact]
    public void Counts_that_differ_are_both_told()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], IdxFiles.Labels(5));
        AssertRefused(folder.Path, "found 5 labels, expected 6, as many as there are images in");
    }

    [Fact]
    public void A_test_label_that_training_never_saw_is_told()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.WriteAllBytes(folder["t10k-labels-idx1-ubyte"], IdxFiles.Make([0, 3, 1], 3));
        AssertRefused(folder.Path, "t10k-labels-idx1-ubyte: found label 3 at sample 2, expected one of the training labels 0..2");
    }

    [Fact]
    public void A_single_class_is_told()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], IdxFiles.Make([4, 4, 4, 4, 4, 4], 6));
        AssertRefused(folder.Path, "found the label 4 only, expected labels of at least 2 classes");
    }

    [Fact]
    public void Images_of_another_size_in_the_test_part_are_told()
    {
        using TemporaryFolder folder = new();
        IdxFiles.WriteFolder(folder.Path);
        File.WriteAllBytes(folder["t10k-images-idx3-ubyte"], IdxFiles.Make(new byte[12], 3, 1, 4));
        AssertRefused(folder.Path, "found images of 1 x 4, expected 2 x 2 as in the training images");
    }

    // The counts of each digit are those in the label files, counted independently with od, sort and uniq.
    [Fact]
    public void The_real_mnist_is_read()
    {
        (Dataset<float> train, Dataset<float> test) = IdxFolder.Read<float>(SharedData.Require("mnist"));
        Assert.Equal((60_000, 10_000, 784, 10), (train.Count, test.Count, train.Features, train.Classes));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Enumerable.Range(0, 10).Select(digit => train.Labels.Count(l => l == digit)));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Enumerable.Range(0, 10).Select(digit => test.Labels.Count(l => l == digit)));

        // The mean 0.1307 that every PyTorch tutorial normalizes MNIST with.
        double sum = 0;
        for (int i = 0; i < train.Count; i++)
            sum += TensorPrimitives.Sum(train.Sample(i));
        Assert.Equal(0.1307, sum / train.Samples.Length, 5e-5);
    }

    private static void AssertRefused(string folder, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataException>(() => IdxFolder.Read<float>(folder)).Message, StringComparison.Ordinal);
}
