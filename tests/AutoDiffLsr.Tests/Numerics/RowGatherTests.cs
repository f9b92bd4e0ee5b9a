using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>Chosen rows as columns, at every count of rows and features around the lanes of the vector paths.</summary>
public sealed class RowGatherTests
{
    [Fact]
    public void Rows_are_copied_wherever_they_lie_in_the_vector_paths()
    {
        foreach (int count in new[] { 0, 1, 3, 4, 7, 8, 9, 16, 21 })
        {
            foreach (int width in new[] { 1, 2, 7, 8, 9, 17 })
            {
                Check<float>(count, width);
                Check<double>(count, width);
            }
        }

        static void Check<T>(int count, int width)
            where T : struct, System.Numerics.IFloatingPointIeee754<T>
        {
            T[] source = [.. Enumerable.Range(0, 30 * width).Select(T.CreateChecked)];
            int[] rows = [.. Enumerable.Range(0, count).Select(i => (7 * i) % 30)];
            T[] target = new T[count * width];
            RowGather.Transpose<T>(source, width, rows, target);
            for (int i = 0; i < count; i++)
            {
                for (int f = 0; f < width; f++)
                    Assert.Equal(source[(rows[i] * width) + f], target[(f * count) + i]);
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void A_row_that_is_not_there_is_refused_wherever_it_stands(int wrong)
    {
        foreach (int place in new[] { 0, 3, 7, 8, 11, 12 })
        {
            int[] rows = new int[13];
            rows[place] = wrong;
            Assert.Throws<ArgumentOutOfRangeException>(() => RowGather.Transpose(new float[5 * 9], 9, rows, new float[13 * 9]));
            Assert.Throws<ArgumentOutOfRangeException>(() => RowGather.Transpose(new double[5 * 9], 9, rows, new double[13 * 9]));
        }
    }
}
