using AutoDiffLsr.Numerics;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

[Properties(Arbitrary = [typeof(ProductCase.Arbitraries)], MaxTest = 100)]
public sealed class ProductsTests
{
    [Property]
    public void The_door_leads_to_our_product(ProductCase product)
    {
        float[] result = product.C<float>();
        Products.Multiply(
            product.TransposeA, product.TransposeB, product.Rows, product.Columns, product.Inner, (float)product.Alpha, product.A<float>(), product.StrideA,
            product.B<float>(), product.StrideB, (float)product.Beta, result, product.StrideC);
        Assert.Equal(product.Multiply<float>(InstructionSets.Best, 1), result);
    }

    [Theory]
    [InlineData(2, 16, 32)]
    [InlineData(32, 16, 2)]
    [InlineData(100, 60, 50)]
    [InlineData(300, 300, 300)]
    public void A_product_allocates_nothing(int rows, int columns, int inner)
    {
        float[] a = new float[rows * inner], b = new float[inner * columns], c = new float[rows * columns];
        void Multiply() => Products.Multiply(true, true, rows, columns, inner, 1f, a, inner, b, columns, 0f, c, rows);
        Multiply(); // the first call compiles, starts helpers and takes the packing buffer
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
            Multiply();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_span_too_short_for_its_shape_is_named_with_the_length_it_needs()
    {
        var error = Assert.Throws<ArgumentException>(() => Products.Multiply<float>(false, false, 2, 3, 4, 1, new float[8], 2, new float[11], 4, 0, new float[6], 2));
        Assert.Contains("b has 11 elements, but 4x3 with stride 4 needs 12", error.Message);
    }

    [Fact]
    public void A_stride_smaller_than_a_column_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Products.Multiply<double>(true, false, 2, 3, 4, 1, new double[8], 3, new double[12], 4, 0, new double[6], 2));
        Assert.Contains("a has stride 3, but its stored columns have 4 elements", error.Message);
    }

    [Fact]
    public void Half_is_refused_by_name()
    {
        var error = Assert.Throws<NotSupportedException>(() => Products.Multiply<Half>(false, false, 1, 1, 1, Half.One, new Half[1], 1, new Half[1], 1, Half.Zero, new Half[1], 1));
        Assert.Contains("no matrix product for Half", error.Message);
    }
}
