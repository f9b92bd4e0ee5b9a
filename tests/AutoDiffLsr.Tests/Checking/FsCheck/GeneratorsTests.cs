using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking.FsCheck;

public sealed class GeneratorsTests
{
    private static T[] Some<T>(Gen<T> generator) => generator.Sample(500, new Rnd((ulong)Effort.Seed), 60);

    [Fact]
    public void Domains_hold_what_they_draw_and_nothing_else()
    {
        foreach (Domain domain in new[] { Domain.Real, Domain.Positive, Domain.AwayFromZero, Domain.InsideOne, Domain.AboveMinusOne, Domain.Moderate, Generators.MildLogits, Generators.SaturatedLogits, Generators.ExtremeLogits })
        {
            Assert.All(Some(domain.Values), value => Assert.True(domain.Contains(value), $"{domain}: {value}"));
            Assert.False(domain.Contains(double.NaN));
            Assert.False(domain.Contains(double.PositiveInfinity));
        }

        Assert.Contains(Some(Domain.Real.Values), value => value == 0);
        Assert.Contains(Some(Generators.ExtremeLogits.Values), value => Math.Abs(value) > 1e250);
        Assert.Contains(Some(Generators.ExtremeLogits.Values), value => Math.Abs(value) is > 0 and < 1e-250);
    }

    [Fact]
    public void Pairs_broadcast_and_products_fit()
    {
        Shape[][] pairs = Some(Shapes.BroadcastPair);
        Assert.All(pairs, pair => Assert.True(Shape.TryBroadcast(pair[0], pair[1], out _)));
        Assert.Contains(pairs, pair => pair[0].Rows == 1 && pair[1].Rows > 1 && pair[1].Columns == 1 && pair[0].Columns > 1);
        Assert.All(Some(Shapes.Any), shape => Assert.True(shape is { Rows: >= 1 and <= 6, Columns: >= 1 and <= 6 }));
        Assert.All(Some(Shapes.Logits), shapes => Assert.True(shapes[0].Columns >= 2));
    }

    [Fact]
    public void Labels_are_classes_or_ignored_and_sometimes_all_are()
    {
        int[][] labels = Some(Generators.Labels(4, 3, ignored: -1));
        Assert.All(labels, row => Assert.All(row, label => Assert.InRange(label, -1, 2)));
        Assert.Contains(labels, row => Array.TrueForAll(row, label => label == -1));
        Assert.All(Some(Generators.Labels(4, 3)), row => Assert.All(row, label => Assert.InRange(label, 0, 2)));
    }

    [Fact]
    public void Distributions_sum_to_one() =>
        Assert.All(Some(Generators.Distribution(new Shape(2, 3))), matrix => Assert.All(matrix.RowSums(), sum => Assert.Equal(1, sum, 1e-12)));

    [Fact]
    public void Shrinking_keeps_shapes_together_and_stays_away_from_zero()
    {
        Matrix<double>[] inputs = [Matrix<double>.Build.Dense(2, 3, (i, j) => i + j), Matrix<double>.Build.Dense(3, 4, 2.5)];
        List<Matrix<double>[]> smaller = [.. Shrinkers.Joint(inputs)];
        Assert.Contains(smaller, pair => pair[0].ColumnCount == 2 && pair[1].RowCount == 2);
        foreach (Matrix<double>[] values in Shrinkers.Values(inputs))
        {
            int zeros = values.Sum(matrix => matrix.Enumerate().Count(value => value == 0));
            Assert.True(zeros <= inputs.Sum(matrix => matrix.Enumerate().Count(value => value == 0)));
        }
    }

    [Fact]
    public void Shrinking_ends()
    {
        Matrix<double>[] inputs = [Matrix<double>.Build.Dense(2, 2, 3.25)];
        int steps = 0;
        while (Shrinkers.Joint(inputs).FirstOrDefault() is { } next)
        {
            inputs = next;
            Assert.InRange(++steps, 1, 50);
        }

        Assert.Equal(Matrix<double>.Build.Dense(1, 1, 1.0), inputs[0]);
    }
}
