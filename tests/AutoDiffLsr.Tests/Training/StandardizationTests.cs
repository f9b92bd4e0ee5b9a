using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class StandardizationTests
{
    [Fact]
    public void The_training_part_gets_mean_0_and_deviation_1_and_the_test_part_the_same_map()
    {
        Dataset<double> train = new("train", [1, 0.1, 3, 0.1, 5, 0.1], 2, [0, 1, 0]);
        Standardization<double> standardization = Standardization<double>.Fit(train);
        double deviation = Math.Sqrt(8.0 / 3);
        Assert.Equal([3, 0.1], standardization.Mean.ToArray());
        Assert.Equal(deviation, standardization.Scale[0], 1e-15);
        Assert.Equal(1, standardization.Scale[1]);
        Assert.Equal([-2 / deviation, 0, 0, 0, 2 / deviation, 0], standardization.Apply(train).Samples.ToArray(), (x, y) => Math.Abs(x - y) < 1e-15);

        Dataset<double> test = new("test", [7, 1.1, 3, 0.1], 2, [0, 1]);
        Assert.Equal([4 / deviation, 1, 0, 0], standardization.Apply(test).Samples.ToArray(), (x, y) => Math.Abs(x - y) < 1e-15);
        Assert.Equal(7, test.Sample(0)[0]);
    }

    [Fact]
    public void A_constant_that_no_binary_fraction_holds_is_not_blown_up()
    {
        Dataset<float> train = new("train", [.. Enumerable.Repeat(0.1f, 1001)], 1, [.. Enumerable.Range(0, 1001).Select(i => i % 2)]);
        Assert.All(Standardization<float>.Fit(train).Apply(train).Samples.ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Features_whose_squares_leave_the_range_of_double_are_standardized(double unit)
    {
        Dataset<double> train = new("train", [unit, 3 * unit], 1, [0, 1]);
        Assert.Equal([-1, 1], Standardization<double>.Fit(train).Apply(train).Samples.ToArray(), (x, y) => Math.Abs(x - y) < 1e-15);
    }

    [Fact]
    public void A_feature_that_cannot_be_standardized_is_named()
    {
        Dataset<double> wide = new("wide", [-1.7e308, 1.7e308], 1, [0, 1], featureNames: ["width"]);
        Assert.Contains("\"width\"", Assert.Throws<DataException>(() => Standardization<double>.Fit(wide)).Message, StringComparison.Ordinal);
        Dataset<float> far = new("far", [3e38f, 1], 1, [0, 1], featureNames: ["distance"]);
        Standardization<float> narrow = new([0f], [1e-3f]);
        Assert.Contains("\"distance\" of sample 0", Assert.Throws<DataException>(() => narrow.Apply(far)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_numbers_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new Standardization<double>([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new Standardization<double>([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => new Standardization<double>([1], [0]));
        Assert.Throws<ArgumentException>(() => new Standardization<double>([1, 1], [1, 1]).Apply(Samples.Counting<double>(3, 3, 2)));
    }
}
