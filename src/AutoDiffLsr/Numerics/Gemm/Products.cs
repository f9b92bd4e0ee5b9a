using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>All matrix products: by MathNet's provider where the user has installed a native one, and by our own <see cref="Gemm"/> otherwise.</summary>
internal static class Products
{
    /// <summary>C = alpha · A · B + beta · C.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="a">M x K.</param>
    /// <param name="b">K x N.</param>
    /// <param name="beta">The factor of C's old value; with 0 the old value is not read.</param>
    /// <param name="c">M x N; must overlap neither A nor B.</param>
    /// <exception cref="ArgumentException">The sides do not fit, a span is too short for its shape, or a stride is smaller than its column.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    internal static void Multiply<T>(T alpha, in MatrixOperand<T> a, in MatrixOperand<T> b, T beta, in MatrixResult<T> c)
        where T : struct, IFloatingPointIeee754<T>
    {
        a.Require(nameof(a));
        b.Require(nameof(b));
        c.Require(nameof(c));
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns)
            throw new ArgumentException($"A is {a.Rows}x{a.Columns}, B is {b.Rows}x{b.Columns} and C is {c.Rows}x{c.Columns}; they must be MxK, KxN and MxN.");
        if (c.Rows == 0 || c.Columns == 0)
            return;
        if (NativeProducts.Provider is { } provider)
            NativeProducts.Multiply(provider, alpha, a, b, beta, c);
        else
            MultiplyHere(InstructionSets.Best, Compute.Threads, alpha, a, b, beta, c);
    }

    /// <summary>The same product by our own <see cref="Gemm"/>, with the given instructions and at most that many threads; shapes and spans are trusted.</summary>
    internal static void MultiplyHere<T>(InstructionSet instructions, int threads, T alpha, in MatrixOperand<T> a, in MatrixOperand<T> b, T beta, in MatrixResult<T> c)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Multiply<T, float>(instructions, threads, alpha, a, b, beta, c);
        else if (typeof(T) == typeof(double))
            Multiply<T, double>(instructions, threads, alpha, a, b, beta, c);
        else
            throw new NotSupportedException($"There is no matrix product for {typeof(T).Name}; float and double have one.");
    }

    // TExact is T, known to be free of references: pointers need that.
    private static unsafe void Multiply<T, TExact>(
        InstructionSet instructions, int threads, T alpha, in MatrixOperand<T> a, in MatrixOperand<T> b, T beta, in MatrixResult<T> c)
        where T : struct, IFloatingPointIeee754<T>
        where TExact : unmanaged, IFloatingPointIeee754<TExact>
    {
        fixed (TExact* startA = MemoryMarshal.Cast<T, TExact>(a.Data), startB = MemoryMarshal.Cast<T, TExact>(b.Data), startC = MemoryMarshal.Cast<T, TExact>(c.Data))
        {
            var problem = new GemmProblem<TExact>
            {
                Rows = c.Rows,
                Columns = c.Columns,
                Inner = a.Columns,
                Alpha = Unsafe.BitCast<T, TExact>(alpha),
                Beta = Unsafe.BitCast<T, TExact>(beta),
                A = a.IsTransposed ? new(startA, a.Stride, 1) : new(startA, 1, a.Stride),
                B = b.IsTransposed ? new(startB, 1, b.Stride) : new(startB, b.Stride, 1),
                C = startC,
                StrideC = c.Stride,
            };
            Gemm.Multiply(problem, instructions, threads);
        }
    }
}
