using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

[Properties(Arbitrary = [typeof(ProductCase.Arbitraries)], MaxTest = 100)]
public sealed class ProductsTests
{
    [Property]
    public void A_product_is_our_own_where_no_native_provider_is_installed(ProductCase product)
    {
        float[] result = product.C<float>();
        MatrixOperand<float> a = product.Left<float>(product.A<float>(), product.Rows), b = product.Right<float>(product.B<float>(), product.Columns);
        Products.Multiply((float)product.Alpha, a, b, (float)product.Beta, new MatrixResult<float>(result, product.Rows, product.Columns, product.StrideC));
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
        void Multiply() => Products.Multiply(
            1f, new(a, inner, rows, inner, isTransposed: true), new(b, columns, inner, columns, isTransposed: true), 0f, new MatrixResult<float>(c, rows, columns, rows));
        Multiply(); // the first call compiles, starts helpers and takes the packing buffer
        Assert.Equal(0, Allocations.Of(Multiply, times: 50));
    }

    [Fact]
    public void A_span_too_short_for_its_shape_is_named_with_the_length_it_needs()
    {
        var error = Assert.Throws<ArgumentException>(() => Products.Multiply<float>(1, new(new float[8], 2, 4, 2), new(new float[11], 4, 3, 4), 0, new(new float[6], 2, 3, 2)));
        Assert.Contains("b has 11 elements, but 4x3 with stride 4 needs 12", error.Message);
    }

    [Fact]
    public void A_stride_smaller_than_a_column_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Products.Multiply<double>(1, new(new double[8], 4, 2, 3, isTransposed: true), new(new double[12], 4, 3, 4), 0, new(new double[6], 2, 3, 2)));
        Assert.Contains("a has stride 3, but its stored columns have 4 elements", error.Message);
    }

    [Fact]
    public void Sides_that_do_not_fit_are_refused_with_all_three_shapes()
    {
        var error = Assert.Throws<ArgumentException>(() => Products.Multiply<double>(1, new(new double[8], 2, 4, 2), new(new double[9], 3, 3, 3), 0, new(new double[6], 2, 3, 2)));
        Assert.Contains("A is 2x4, B is 3x3 and C is 2x3", error.Message);
    }

    [Fact]
    public void Half_is_refused_by_name()
    {
        var error = Assert.Throws<NotSupportedException>(() => Products.Multiply<Half>(Half.One, new(new Half[1], 1, 1, 1), new(new Half[1], 1, 1, 1), Half.Zero, new(new Half[1], 1, 1, 1)));
        Assert.Contains("no matrix product for Half", error.Message);
    }
}
