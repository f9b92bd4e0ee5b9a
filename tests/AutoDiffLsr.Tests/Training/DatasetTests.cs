using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class DatasetTests
{
    [Fact]
    public void A_matrix_goes_in_and_comes_out()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(5, 3, (row, column) => (10 * row) + column);
        Dataset<double> dataset = Dataset<double>.FromMatrix(matrix, [0, 1, 2, 0, 1]);
        Assert.Equal(matrix, dataset.ToMatrix());
        Assert.Equal([10.0, 11.0, 12.0], dataset.Sample(1).ToArray());
        Assert.Equal((5, 3, 3), (dataset.Count, dataset.Features, dataset.Classes));
        Assert.Equal(["0", "1", "2"], dataset.ClassNames);
        Assert.Equal(["x0", "x1", "x2"], dataset.FeatureNames);
    }

    [Fact]
    public void A_data_set_from_a_matrix_keeps_no_hold_on_it()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(2, 1, 7);
        int[] labels = [0, 1];
        Dataset<double> dataset = Dataset<double>.FromMatrix(matrix, labels);
        matrix[0, 0] = 8;
        labels[0] = 1;
        Assert.Equal(7, dataset.Sample(0)[0]);
        Assert.Equal(0, dataset.Labels[0]);
    }

    [Fact]
    public void A_subset_has_the_chosen_samples_in_order_and_keeps_the_classes()
    {
        Dataset<double> subset = Samples.Counting<double>(10, 2, 3).Subset([7, 0, 7]);
        Assert.Equal([7000, 7001, 0, 1, 7000, 7001], subset.Samples.ToArray());
        Assert.Equal([1, 0, 1], subset.Labels);
        Assert.Equal(3, subset.Classes);
    }

    [Fact]
    public void Shuffling_keeps_samples_with_their_labels_and_follows_the_seed()
    {
        Dataset<double> dataset = Samples.Counting<double>(50, 2, 3);
        Dataset<double> shuffled = dataset.Shuffled(4);
        Assert.Equal(shuffled.Samples, dataset.Shuffled(4).Samples);
        Assert.NotEqual(shuffled.Samples.ToArray(), dataset.Shuffled(5).Samples.ToArray());
        int[] origins = [.. Enumerable.Range(0, 50).Select(i => (int)shuffled.Sample(i)[0] / 1000)];
        Assert.Equal(Enumerable.Range(0, 50), origins.Order());
        Assert.Equal(origins.Select(origin => dataset.Labels[origin]), shuffled.Labels);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, "samples has 4 numbers, but 3 labels or targets with 2 features each need 6")]
    [InlineData(new int[0], "no labels or targets")]
    [InlineData(new[] { 0, -1 }, "labels[1] is -1")]
    [InlineData(new[] { 0, 0 }, "at least 2 classes")]
    [InlineData(new[] { 0, int.MaxValue }, "labels[1] is 2147483647; without classNames")]
    public void Labels_that_do_not_fit_are_refused(int[] labels, string reason)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Dataset<double>("bad", [1, 2, 3, 4], 2, labels));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "samples[1, 0] is NaN")]
    [InlineData(double.NegativeInfinity, "samples[1, 0] is -Infinity")]
    public void Numbers_that_are_not_finite_are_refused_with_their_place(double bad, string reason)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Dataset<double>("bad", [1, 2, bad, 4], 2, [0, 1]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_sizes_that_do_not_fit_are_refused()
    {
        double[] samples = [1, 2, 3, 4];
        AssertRefused("labels[1] is 2, but there are 2 classes (0..1)", () => new Dataset<double>("bad", samples, 2, [0, 2], ["a", "b"]));
        AssertRefused("classNames has 1 names", () => new Dataset<double>("bad", samples, 2, [0, 0], ["a"]));
        AssertRefused("featureNames has 3 names", () => new Dataset<double>("bad", samples, 2, [0, 1], featureNames: ["a", "b", "c"]));
        AssertRefused("imageSize is 2 x 2", () => new Dataset<double>("bad", samples, 2, [0, 1], imageSize: new ImageSize(2, 2)));
        AssertRefused("features is 0", () => new Dataset<double>("bad", [], 0, [0, 1]));
        AssertRefused("indices[0] is 2, but bad has 2 samples", () => new Dataset<double>("bad", samples, 2, [0, 1]).Subset([2]));
        AssertRefused("indices is empty", () => new Dataset<double>("bad", samples, 2, [0, 1]).Subset([]));
    }

    private static void AssertRefused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
