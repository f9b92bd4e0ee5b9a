using System.Numerics;
using AutoDiffLsr.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>A random product: shape, transposes, gaps between the columns, and factors. Shrinks to fewer rows, columns and terms.</summary>
public sealed record ProductCase(
    int Rows, int Columns, int Inner, bool TransposeA, bool TransposeB, int GapA, int GapB, int GapC, double Alpha, double Beta, int Seed)
{
    // Around the tile, panel and block limits of every instruction set, and small ones more often than large ones.
    private static readonly Gen<int> Side = Gen.Frequency<int>((6, Gen.Choose(0, 20)), (3, Gen.Choose(20, 110)), (1, Gen.Choose(110, 200)));
    private static readonly Gen<int> Depth = Gen.Frequency<int>((6, Gen.Choose(0, 40)), (2, Gen.Choose(40, 300)), (1, Gen.Choose(500, 530)));
    private static readonly Gen<int> Gap = Gen.Frequency<int>((2, Gen.Constant(0)), (1, Gen.Choose(1, 20)));
    private static readonly Gen<double> Factor = Gen.Elements(0.0, 1.0, 1.0, -1.0, 0.37);

    public int StrideA => (TransposeA ? Inner : Rows) + GapA;

    public int StrideB => (TransposeB ? Columns : Inner) + GapB;

    public int StrideC => Rows + GapC;

    internal static T[] Random<T>(int length, int seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        var random = new RandomSource(seed);
        var values = new T[length];
        for (int i = 0; i < length; i++)
            values[i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
        return values;
    }

    internal T[] A<T>()
        where T : struct, IFloatingPointIeee754<T> => Random<T>(StrideA * (TransposeA ? Rows : Inner), Seed);

    internal T[] B<T>()
        where T : struct, IFloatingPointIeee754<T> => Random<T>(StrideB * (TransposeB ? Inner : Columns), Seed + 1);

    internal T[] C<T>()
        where T : struct, IFloatingPointIeee754<T> => Random<T>(StrideC * Columns, Seed + 2);

    /// <summary>Our own product with these instructions and threads, into C's old values.</summary>
    internal T[] Multiply<T>(InstructionSet instructions, int threads)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] c = C<T>();
        Multiply(instructions, threads, A<T>(), B<T>(), c, 0, 0);
        return c;
    }

    /// <summary>The part of the product from a row and a column on.</summary>
    internal void Multiply<T>(InstructionSet instructions, int threads, T[] a, T[] b, T[] c, int row, int column)
        where T : struct, IFloatingPointIeee754<T> => Products.MultiplyHere(
            instructions,
            threads,
            T.CreateTruncating(Alpha),
            Left<T>(a.AsSpan(TransposeA ? row * StrideA : Math.Min(row, a.Length)), Rows - row),
            Right<T>(b.AsSpan(TransposeB ? Math.Min(column, b.Length) : column * StrideB), Columns - column),
            T.CreateTruncating(Beta),
            new MatrixResult<T>(c.AsSpan((column * StrideC) + row), Rows - row, Columns - column, StrideC));

    /// <summary>A, of some of its rows.</summary>
    internal MatrixOperand<T> Left<T>(ReadOnlySpan<T> a, int rows)
        where T : struct, IFloatingPointIeee754<T> => TransposeA ? new(a, Inner, rows, StrideA, true) : new(a, rows, Inner, StrideA);

    /// <summary>B, of some of its columns.</summary>
    internal MatrixOperand<T> Right<T>(ReadOnlySpan<T> b, int columns)
        where T : struct, IFloatingPointIeee754<T> => TransposeB ? new(b, columns, Inner, StrideB, true) : new(b, Inner, columns, StrideB);

    /// <summary>The definition, summed in double.</summary>
    internal double[] Expected<T>()
        where T : struct, IFloatingPointIeee754<T>
    {
        double[] a = Array.ConvertAll(A<T>(), double.CreateChecked), b = Array.ConvertAll(B<T>(), double.CreateChecked);
        double[] expected = Array.ConvertAll(C<T>(), double.CreateChecked);
        double alpha = double.CreateChecked(T.CreateTruncating(Alpha)), beta = double.CreateChecked(T.CreateTruncating(Beta));
        for (int j = 0; j < Columns; j++)
        {
            for (int i = 0; i < Rows; i++)
            {
                double sum = 0;
                for (int p = 0; p < Inner; p++)
                    sum += a[TransposeA ? (i * StrideA) + p : (p * StrideA) + i] * b[TransposeB ? (p * StrideB) + j : (j * StrideB) + p];
                expected[(j * StrideC) + i] = (alpha * sum) + (beta * expected[(j * StrideC) + i]);
            }
        }

        return expected;
    }

    public static class Arbitraries
    {
        public static Arbitrary<ProductCase> Cases() => Arb.From(
            from rows in Side
            from columns in Side
            from inner in Depth
            from transposeA in Gen.Elements(false, true)
            from transposeB in Gen.Elements(false, true)
            from gapA in Gap
            from gapB in Gap
            from gapC in Gap
            from alpha in Factor
            from beta in Factor
            from seed in Gen.Choose(0, 1000)
            select new ProductCase(rows, columns, inner, transposeA, transposeB, gapA, gapB, gapC, alpha, beta, seed),
            Shrink);

        private static IEnumerable<ProductCase> Shrink(ProductCase product)
        {
            foreach (int smaller in Smaller(product.Rows))
                yield return product with { Rows = smaller };
            foreach (int smaller in Smaller(product.Columns))
                yield return product with { Columns = smaller };
            foreach (int smaller in Smaller(product.Inner))
                yield return product with { Inner = smaller };
            if (product.GapA + product.GapB + product.GapC > 0)
                yield return product with { GapA = 0, GapB = 0, GapC = 0 };
        }

        private static IEnumerable<int> Smaller(int value) => value == 0 ? [] : value == 1 ? [0] : [value / 2, value - 1];
    }
}
