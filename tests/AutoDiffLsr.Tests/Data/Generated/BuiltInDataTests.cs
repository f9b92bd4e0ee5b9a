using AutoDiffLsr.Data;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Data;

public sealed class BuiltInDataTests
{
    [Theory]
    [InlineData("digits", 10_000, 2_000, 784, 10)]
    [InlineData("moons", 2_000, 1_000, 2, 2)]
    [InlineData("spirals", 3_000, 1_500, 2, 3)]
    [InlineData("blobs", 2_000, 1_000, 2, 4)]
    public void Every_name_gives_its_data(string name, int train, int test, int features, int classes)
    {
        TrainTestSplit<float> split = BuiltInData.Create<float>(name, 1);
        Assert.Contains(name, BuiltInData.Names);
        Assert.Equal((name, train, test, features, classes), (split.Train.Name, split.Train.Count, split.Test.Count, split.Train.Features, split.Train.Classes));
        Assert.NotEqual(split.Train.Sample(0).ToArray(), split.Test.Sample(0).ToArray());
    }

    [Fact]
    public void The_points_follow_the_seed() =>
        Assert.All(BuiltInData.Names.Skip(1), name =>
        {
            Assert.Equal(BuiltInData.Create<double>(name, 5).Test.Samples, BuiltInData.Create<double>(name, 5).Test.Samples);
            Assert.NotEqual(BuiltInData.Create<double>(name, 5).Test.Samples.ToArray(), BuiltInData.Create<double>(name, 6).Test.Samples.ToArray());
        });

    [Fact]
    public void An_unknown_name_is_told_with_the_known_ones() =>
        Assert.Contains("digits, shapes, moons, spirals, blobs", Assert.Throws<ArgumentException>(() => BuiltInData.Create<float>("cifar", 1)).Message, StringComparison.Ordinal);
}
