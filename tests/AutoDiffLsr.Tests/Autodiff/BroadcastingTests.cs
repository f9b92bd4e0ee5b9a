using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class BroadcastingTests
{
    private static readonly Shape[] Shapes = [.. from rows in new[] { 1, 3 } from columns in new[] { 1, 4 } select new Shape(rows, columns)];

    public static TheoryData<int, int, int, int> Pairs
    {
        get
        {
            TheoryData<int, int, int, int> pairs = [];
            foreach (Shape a in Shapes)
            {
                foreach (Shape b in Shapes)
                    pairs.Add(a.Rows, a.Columns, b.Rows, b.Columns);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_side_of_length_1_is_read_again_for_each_entry(int rows, int columns, int otherRows, int otherColumns)
    {
        using Tape<double> tape = new();
        Matrix<double> a = Numbers(rows, columns, 1), b = Numbers(otherRows, otherColumns, 100), y = (tape.Constant(a) - tape.Constant(b)).Value;
        Assert.Equal((Math.Max(rows, otherRows), Math.Max(columns, otherColumns)), (y.RowCount, y.ColumnCount));
        for (int i = 0; i < y.RowCount; i++)
        {
            for (int j = 0; j < y.ColumnCount; j++)
                Assert.Equal(a[i % rows, j % columns] - b[i % otherRows, j % otherColumns], y[i, j]);
        }
    }

    [Fact]
    public void Equal_shapes_take_memory_for_the_result_alone()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(Numbers(3, 4, 1));
        _ = x * x;
        Assert.Equal(3 * 4 * sizeof(double), tape.Bytes);
    }

    [Fact]
    public void The_room_for_repeated_sides_is_used_again()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(Numbers(3, 4, 1)), row = tape.Constant(Numbers(1, 4, 2));
        _ = x * row;
        long once = tape.Bytes;
        _ = x * row;
        Assert.Equal(3 * 4 * sizeof(double), tape.Bytes - once);
    }

    private static Matrix<double> Numbers(int rows, int columns, double first) => Matrix<double>.Build.Dense(rows, columns, (i, j) => first + i + (10 * j));
}
