using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Autodiff.Memory;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class BufferPoolTests
{
    [Fact]
    public void Memory_that_was_given_back_is_given_out_again()
    {
        BufferPool<double> pool = new();
        Buffer<double> first = pool.Rent(new Shape(2, 3));
        first.Release();
        Assert.Same(first, pool.Rent(new Shape(2, 3)));
        Assert.NotSame(first, pool.Rent(new Shape(2, 3)));
    }

    [Fact]
    public void Each_shape_has_its_own_memory()
    {
        BufferPool<double> pool = new();
        Shape[] shapes = [.. from rows in Enumerable.Range(0, 12) from columns in Enumerable.Range(0, 12) select new Shape(rows, columns)];
        Buffer<double>[] buffers = [.. shapes.Select(pool.Rent)];
        Assert.Equal(shapes, buffers.Select(buffer => buffer.Shape));
        foreach (Buffer<double> buffer in buffers)
            buffer.Release();
        Assert.Equal(buffers.Reverse(), shapes.Reverse().Select(pool.Rent));
    }

    [Fact]
    public void Any_number_of_one_shape_is_kept()
    {
        BufferPool<float> pool = new();
        Buffer<float>[] buffers = [.. Enumerable.Range(0, 20).Select(_ => pool.Rent(Shape.Scalar))];
        foreach (Buffer<float> buffer in buffers)
            buffer.Release();
        Assert.Equal(buffers.Reverse(), Enumerable.Range(0, 20).Select(_ => pool.Rent(Shape.Scalar)));
    }

    [Fact]
    public void Bytes_are_those_of_all_that_was_made_in_use_or_not()
    {
        BufferPool<float> single = new();
        single.Rent(new Shape(2, 3));
        single.Rent(new Shape(2, 3)).Release();
        single.Rent(new Shape(5, 1));
        Assert.Equal(((2 * 6) + 5) * sizeof(float), single.Bytes);
        BufferPool<double> wide = new();
        wide.Rent(new Shape(2, 3));
        Assert.Equal(6 * sizeof(double), wide.Bytes);
    }
}
