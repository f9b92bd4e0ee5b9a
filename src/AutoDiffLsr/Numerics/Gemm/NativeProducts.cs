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
    internal static void Multiply<T>(ILinearAlgebraProvider provider, T alpha, MatrixOperand<T> a, MatrixOperand<T> b, T beta, MatrixResult<T> c)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (provider is not ILinearAlgebraProvider<T> typed)
            throw new NotSupportedException($"There is no matrix product for {typeof(T).Name}; float and double have one.");
        T[] result = T.IsZero(beta) ? new T[c.Rows * c.Columns] : Dense(c.Data, c.Rows, c.Columns, c.Stride);
        typed.MatrixMultiplyWithUpdate(
            a.IsTransposed ? Transpose.Transpose : Transpose.DontTranspose,
            b.IsTransposed ? Transpose.Transpose : Transpose.DontTranspose,
            alpha,
            Dense(a.Data, a.StoredRows, a.StoredColumns, a.Stride),
            a.StoredRows,
            a.StoredColumns,
            Dense(b.Data, b.StoredRows, b.StoredColumns, b.Stride),
            b.StoredRows,
            b.StoredColumns,
            beta,
            result);
        for (int j = 0; j < c.Columns; j++)
            result.AsSpan(j * c.Rows, c.Rows).CopyTo(c.Data[(j * c.Stride)..]);
    }

    private static T[] Dense<T>(ReadOnlySpan<T> matrix, int rows, int columns, int stride)
    {
        T[] dense = GC.AllocateUninitializedArray<T>(rows * columns);
        for (int j = 0; j < columns; j++)
            matrix.Slice(j * stride, rows).CopyTo(dense.AsSpan(j * rows));
        return dense;
    }
}
