using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>The one door for matrix products: MathNet's provider where the user has installed a native one, and our own <see cref="Gemm"/> otherwise.</summary>
internal static class Products
{
    /// <summary>C = alpha · op(A) · op(B) + beta · C, where op(X) is X or its transpose; all three are column-major.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="transposeA">Whether A is stored as <paramref name="inner"/> x <paramref name="rows"/>.</param>
    /// <param name="transposeB">Whether B is stored as <paramref name="columns"/> x <paramref name="inner"/>.</param>
    /// <param name="rows">The rows of C.</param>
    /// <param name="columns">The columns of C.</param>
    /// <param name="inner">The columns of op(A), which are the rows of op(B).</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="a">A's elements.</param>
    /// <param name="strideA">The distance between the starts of two columns of A as stored.</param>
    /// <param name="b">B's elements.</param>
    /// <param name="strideB">The distance between the starts of two columns of B as stored.</param>
    /// <param name="beta">The factor of C's old value; with 0 the old value is not read.</param>
    /// <param name="c">C's elements; must overlap neither A nor B.</param>
    /// <param name="strideC">The distance between the starts of two columns of C.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or a stride is smaller than its column.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    internal static void Multiply<T>(
        bool transposeA,
        bool transposeB,
        int rows,
        int columns,
        int inner,
        T alpha,
        ReadOnlySpan<T> a,
        int strideA,
        ReadOnlySpan<T> b,
        int strideB,
        T beta,
        Span<T> c,
        int strideC)
        where T : struct, IFloatingPointIeee754<T>
    {
        Require(nameof(a), a.Length, strideA, transposeA ? inner : rows, transposeA ? rows : inner);
        Require(nameof(b), b.Length, strideB, transposeB ? columns : inner, transposeB ? inner : columns);
        Require(nameof(c), c.Length, strideC, rows, columns);
        if (rows == 0 || columns == 0)
            return;
        if (NativeProducts.Provider is { } provider)
            NativeProducts.Multiply(provider, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        else
            MultiplyHere(InstructionSets.Best, Compute.Threads, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
    }

    /// <summary>The same product by our own <see cref="Gemm"/>, with the given instructions and at most so many threads; the spans are trusted.</summary>
    internal static void MultiplyHere<T>(
        InstructionSet instructions,
        int threads,
        bool transposeA,
        bool transposeB,
        int rows,
        int columns,
        int inner,
        T alpha,
        ReadOnlySpan<T> a,
        int strideA,
        ReadOnlySpan<T> b,
        int strideB,
        T beta,
        Span<T> c,
        int strideC)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Multiply<T, float>(instructions, threads, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        else if (typeof(T) == typeof(double))
            Multiply<T, double>(instructions, threads, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        else
            throw new NotSupportedException($"There is no matrix product for {typeof(T).Name}; float and double have one.");
    }

    // TExact is T, known to be free of references: pointers need that.
    private static unsafe void Multiply<T, TExact>(
        InstructionSet instructions,
        int threads,
        bool transposeA,
        bool transposeB,
        int rows,
        int columns,
        int inner,
        T alpha,
        ReadOnlySpan<T> a,
        int strideA,
        ReadOnlySpan<T> b,
        int strideB,
        T beta,
        Span<T> c,
        int strideC)
        where T : struct
        where TExact : unmanaged, IFloatingPointIeee754<TExact>
    {
        fixed (TExact* startA = MemoryMarshal.Cast<T, TExact>(a), startB = MemoryMarshal.Cast<T, TExact>(b), startC = MemoryMarshal.Cast<T, TExact>(c))
        {
            var problem = new GemmProblem<TExact>
            {
                Rows = rows,
                Columns = columns,
                Inner = inner,
                Alpha = Unsafe.BitCast<T, TExact>(alpha),
                Beta = Unsafe.BitCast<T, TExact>(beta),
                A = transposeA ? new(startA, strideA, 1) : new(startA, 1, strideA),
                B = transposeB ? new(startB, 1, strideB) : new(startB, strideB, 1),
                C = startC,
                StrideC = strideC,
            };
            Gemm.Multiply(problem, instructions, threads);
        }
    }

    private static void Require(string name, int length, int stride, int storedRows, int storedColumns)
    {
        if (storedRows < 0 || storedColumns < 0)
            throw new ArgumentException($"{name} is {storedRows}x{storedColumns}; rows, columns and inner must be 0 or more.", name);
        if (stride < storedRows)
            throw new ArgumentException($"{name} has stride {stride}, but its stored columns have {storedRows} elements.", name);
        long needed = storedRows == 0 || storedColumns == 0 ? 0 : ((storedColumns - 1L) * stride) + storedRows;
        if (length < needed)
            throw new ArgumentException($"{name} has {length} elements, but {storedRows}x{storedColumns} with stride {stride} needs {needed}.", name);
    }
}
