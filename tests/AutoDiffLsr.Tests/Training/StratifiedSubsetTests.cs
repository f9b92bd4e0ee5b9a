using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class StratifiedSubsetTests
{
    private static readonly Dataset<float> Uneven = new(
        "uneven", [.. Enumerable.Range(0, 100).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 100).Select(i => i < 70 ? 0 : i < 95 ? 1 : 2)], ["a", "b", "c"]);

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(33)]
    [InlineData(100)]
    public void It_has_exactly_so_many_samples_in_the_classes_proportions(int count)
    {
        Dataset<float> part = StratifiedSubset.Take(Uneven, count, 5);
        Assert.Equal(count, part.Count);
        Assert.Equal(part.Samples.ToArray().Order(), part.Samples.ToArray());
        for (int c = 0; c < 3; c++)
        {
            int expected = Uneven.Labels.Count(label => label == c), actual = part.Labels.Count(label => label == c);
            Assert.True(actual >= 1);
            Assert.InRange(actual, (expected * count / 100.0) - 2, (expected * count / 100.0) + 1);
        }
    }

    [Fact]
    public void It_is_a_function_of_the_seed()
    {
        Assert.Equal(StratifiedSubset.Take(Uneven, 20, 1).Samples.ToArray(), StratifiedSubset.Take(Uneven, 20, 1).Samples.ToArray());
        Assert.NotEqual(StratifiedSubset.Take(Uneven, 20, 1).Samples.ToArray(), StratifiedSubset.Take(Uneven, 20, 2).Samples.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(101)]
    public void Too_few_or_too_many_are_refused(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSubset.Take(Uneven, count, 1));
}
