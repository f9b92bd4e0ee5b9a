using AutoDiffLsr.Autodiff;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>Shapes of up to 6 x 6, with sides of length 1 more often than chance has them, because that is where broadcasting goes wrong.</summary>
public static class Shapes
{
    private const int Longest = 6;

    /// <summary>The length of a side: 1 to 6, growing with FsCheck's size.</summary>
    public static Gen<int> Side { get; } = Gen.Sized(size => Gen.Frequency(
        (1, Gen.Constant(1)), (4, Gen.Choose(1, Math.Clamp(2 + (size / 12), 2, Longest)))));

    /// <summary>One shape.</summary>
    public static Gen<Shape> Any { get; } = Side.Zip(Side, (rows, columns) => new Shape(rows, columns));

    /// <summary>One input.</summary>
    public static Gen<Shape[]> One { get; } = Any.Select(shape => new[] { shape });

    /// <summary>Two inputs whose sides are equal or 1 in one of them: equal, row, column, number, and the outer combination 3x1 with 1x4.</summary>
    public static Gen<Shape[]> BroadcastPair { get; } =
        from shape in Any
        from rows in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
        from columns in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
        select new[]
        {
            new Shape(rows == 1 ? 1 : shape.Rows, columns == 1 ? 1 : shape.Columns),
            new Shape(rows == 2 ? 1 : shape.Rows, columns == 2 ? 1 : shape.Columns),
        };

    /// <summary>Two inputs with a matrix product, either of them as it is or transposed.</summary>
    public static Gen<Shape[]> Product { get; } =
        from outer in Any
        from inner in Side
        from transposed in Gen.Choose(0, 3)
        let left = new Shape(outer.Rows, inner)
        let right = new Shape(inner, outer.Columns)
        select new[] { (transposed & 1) != 0 ? left.Transposed : left, (transposed & 2) != 0 ? right.Transposed : right };

    /// <summary>N x C with at least two classes.</summary>
    public static Gen<Shape[]> Logits { get; } = Side.Zip(Gen.Choose(2, Longest), (rows, columns) => new[] { new Shape(rows, columns) });

    /// <summary>Several inputs of one shape.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static Gen<Shape[]> Equal(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Any.Select(shape => Enumerable.Repeat(shape, count).ToArray());
    }

    /// <summary>Several inputs with the same number of columns.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static Gen<Shape[]> EqualColumns(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Side.ArrayOf(count).Zip(Side, (rows, columns) => Array.ConvertAll(rows, r => new Shape(r, columns)));
    }

    /// <summary>Several inputs with the same number of rows.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static Gen<Shape[]> EqualRows(int count) => EqualColumns(count).Select(shapes => Array.ConvertAll(shapes, shape => shape.Transposed));
}
