using AutoDiffLsr.Autodiff;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class ShapeTests
{
    [Theory]
    [InlineData(3, 4, 3, 4, 3, 4)]
    [InlineData(3, 4, 1, 4, 3, 4)]
    [InlineData(3, 4, 3, 1, 3, 4)]
    [InlineData(3, 4, 1, 1, 3, 4)]
    [InlineData(3, 1, 1, 4, 3, 4)]
    [InlineData(1, 1, 1, 1, 1, 1)]
    [InlineData(0, 4, 1, 4, 0, 4)]
    public void Sides_that_are_equal_or_1_have_a_common_shape(int rows, int columns, int otherRows, int otherColumns, int commonRows, int commonColumns)
    {
        Shape a = new(rows, columns), b = new(otherRows, otherColumns), common = new(commonRows, commonColumns);
        Assert.True(Shape.TryBroadcast(a, b, out Shape forwards));
        Assert.True(Shape.TryBroadcast(b, a, out Shape backwards));
        Assert.Equal((common, common), (forwards, backwards));
    }

    [Theory]
    [InlineData(3, 4, 2, 4)]
    [InlineData(3, 4, 3, 2)]
    [InlineData(3, 4, 2, 1)]
    [InlineData(3, 4, 1, 2)]
    [InlineData(3, 1, 2, 4)]
    public void Other_sides_have_none(int rows, int columns, int otherRows, int otherColumns)
    {
        Assert.False(Shape.TryBroadcast(new(rows, columns), new(otherRows, otherColumns), out _));
        Assert.False(Shape.TryBroadcast(new(otherRows, otherColumns), new(rows, columns), out _));
    }

    [Fact]
    public void Only_a_side_of_length_1_is_repeated()
    {
        Assert.True(new Shape(1, 4).BroadcastsTo(new(3, 4)) && new Shape(3, 1).BroadcastsTo(new(3, 4)) && new Shape(3, 4).BroadcastsTo(new(3, 4)));
        Assert.False(new Shape(3, 4).BroadcastsTo(new(1, 4)) || new Shape(3, 4).BroadcastsTo(new(3, 1)) || new Shape(1, 2).BroadcastsTo(new(3, 4)));
    }

    [Fact]
    public void A_shape_counts_transposes_and_prints() =>
        Assert.Equal((12, new Shape(4, 3), "3x4", 1), (new Shape(3, 4).Count, new Shape(3, 4).Transposed, new Shape(3, 4).ToString(), Shape.Scalar.Count));
}
