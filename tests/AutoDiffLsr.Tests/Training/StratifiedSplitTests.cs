using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class StratifiedSplitTests
{
    [Property(MaxTest = 200)]
    public Property Every_class_is_on_both_sides_and_every_sample_on_one()
    {
        Gen<int[]> sizes = Gen.Choose(2, 30).ArrayOf().Where(array => array.Length >= 2);
        Gen<double> fractions = Gen.Choose(1, 99).Select(percent => percent / 100.0);
        return Prop.ForAll(sizes.ToArbitrary(), fractions.ToArbitrary(), (classSizes, fraction) =>
        {
            (Dataset<double> train, Dataset<double> test) = StratifiedSplit.Create(Samples.OfClassSizes(classSizes), fraction, seed: 3);
            double[] all = [.. train.Samples, .. test.Samples];
            bool complete = all.Order().SequenceEqual(Enumerable.Range(0, classSizes.Sum()).Select(i => (double)i));
            bool shares = classSizes.Select((size, label) => (size, inTest: test.Labels.Count(l => l == label)))
                .All(c => c.inTest >= 1 && c.inTest < c.size && (Math.Abs(c.inTest - (c.size * fraction)) <= 1));
            return complete && shares;
        });
    }

    [Fact]
    public void The_draw_follows_the_seed()
    {
        Dataset<double> dataset = Samples.OfClassSizes(40, 40);
        Assert.Equal(StratifiedSplit.Create(dataset, 0.25, 1).Test.Samples, StratifiedSplit.Create(dataset, 0.25, 1).Test.Samples);
        Assert.NotEqual(StratifiedSplit.Create(dataset, 0.25, 1).Test.Samples.ToArray(), StratifiedSplit.Create(dataset, 0.25, 2).Test.Samples.ToArray());
    }

    [Fact]
    public void A_class_with_one_sample_is_named()
    {
        DataException error = Assert.Throws<DataException>(() => StratifiedSplit.Create(Samples.OfClassSizes(4, 1, 4), 0.5, 1));
        Assert.Contains("class \"class 1\" has 1 sample", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_samples_does_no_harm() =>
        Assert.Equal(3, StratifiedSplit.Create(Samples.OfClassSizes(4, 0, 4), 0.5, 1).Test.Classes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_fraction_that_leaves_a_side_empty_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Create(Samples.OfClassSizes(4, 4), fraction, 1));
}
