using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Products by a native MathNet provider (MKL, OpenBLAS), for users who installed one: their choice goes before our kernel.</summary>
internal static class NativeProducts
{
    /// <summary>What the user installed, or null when it is MathNet's managed provider or our own.</summary>
    internal static ILinearAlgebraProvider? Provider
    {
        get
        {
            ILinearAlgebraProvider installed = LinearAlgebraControl.Provider;
            return installed is ManagedLinearAlgebraProvider or GemmProvider ? null : installed;
        }
    }

    /// <summary>The product of <see cref="Products"/>. MathNet takes whole arrays without gaps, so the factors are copied.</summary>
    internal static void Multiply<T>(
        ILinearAlgebraProvider provider,
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
        if (provider is not ILinearAlgebraProvider<T> typed)
            throw new NotSupportedException($"There is no matrix product for {typeof(T).Name}; float and double have one.");
        (int rowsA, int columnsA) = transposeA ? (inner, rows) : (rows, inner);
        (int rowsB, int columnsB) = transposeB ? (columns, inner) : (inner, columns);
        T[] result = T.IsZero(beta) ? new T[rows * columns] : Dense(c, rows, columns, strideC);
        typed.MatrixMultiplyWithUpdate(
            transposeA ? Transpose.Transpose : Transpose.DontTranspose,
            transposeB ? Transpose.Transpose : Transpose.DontTranspose,
            alpha,
            Dense(a, rowsA, columnsA, strideA),
            rowsA,
            columnsA,
            Dense(b, rowsB, columnsB, strideB),
            rowsB,
            columnsB,
            beta,
            result);
        for (int j = 0; j < columns; j++)
            result.AsSpan(j * rows, rows).CopyTo(c[(j * strideC)..]);
    }

    private static T[] Dense<T>(ReadOnlySpan<T> matrix, int rows, int columns, int stride)
    {
        T[] dense = GC.AllocateUninitializedArray<T>(rows * columns);
        for (int j = 0; j < columns; j++)
            matrix.Slice(j * stride, rows).CopyTo(dense.AsSpan(j * rows));
        return dense;
    }
}
