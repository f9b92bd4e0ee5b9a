using System.Numerics;
using AutoDiffLsr.Autodiff.Memory;

namespace AutoDiffLsr.Autodiff;

/// <summary>Runs an element-wise kernel on two values whose sides of length 1 are repeated, without making the repeated matrices.</summary>
internal static class Broadcasting
{
    public static Buffer<T> Apply<T>(string name, Tape<T> tape, Buffer<T> a, Buffer<T> b, BinaryKernel<T> kernel)
        where T : struct, IFloatingPointIeee754<T>
    {
        Buffer<T> y;
        if (a.Shape == b.Shape)
        {
            y = tape.Rent(a.Shape);
            kernel(a.Data, b.Data, y.Data);
            return y;
        }

        if (!Shape.TryBroadcast(a.Shape, b.Shape, out Shape shape))
            throw new ArgumentException($"'{name}' of {a.Shape} and {b.Shape}: each side must be equal, or 1 in one of the two.");
        y = tape.Rent(shape);
        Buffer<T> fill = tape.Rent(new Shape(shape.Rows, 2));
        Columns<T> left = new(a, shape.Rows, fill.Data.AsSpan(0, shape.Rows)), right = new(b, shape.Rows, fill.Data.AsSpan(shape.Rows));
        for (int column = 0; column < shape.Columns; column++)
            kernel(left.Column(column), right.Column(column), y.Data.AsSpan(column * shape.Rows, shape.Rows));
        fill.Release();
        return y;
    }

    /// <summary>A value seen as columns of the common shape.</summary>
    private readonly ref struct Columns<T>
        where T : struct, IFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> data;
        private readonly Span<T> fill;
        private readonly int rows;
        private readonly bool repeatsRow, repeatsColumn;

        public Columns(Buffer<T> value, int rows, Span<T> fill)
        {
            data = value.Data;
            this.rows = rows;
            this.fill = fill;
            (repeatsRow, repeatsColumn) = (value.Shape.Rows == 1 && rows != 1, value.Shape.Columns == 1);
        }

        public ReadOnlySpan<T> Column(int column)
        {
            if (!repeatsRow)
                return repeatsColumn ? data : data.Slice(column * rows, rows);
            if (column == 0 || !repeatsColumn)
                fill.Fill(data[column]);
            return fill;
        }
    }
}
