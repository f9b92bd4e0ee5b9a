using MathNet.Numerics.Providers.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>A MathNet provider whose float and double products are <see cref="Gemm"/>'s and whose every other member is the wrapped provider's.</summary>
internal sealed class GemmProvider(ILinearAlgebraProvider inner) : DelegatingProvider(inner), ILinearAlgebraProvider
{
    /// <inheritdoc/>
    public override string ToString() => $"AutoDiffLsr products ({InstructionSets.Best}); everything else: {Inner}";

    void ILinearAlgebraProvider<double>.MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        Multiply(Transpose.DontTranspose, Transpose.DontTranspose, 1, x, rowsX, columnsX, y, rowsY, columnsY, 0, result);

    void ILinearAlgebraProvider<float>.MatrixMultiply(float[] x, int rowsX, int columnsX, float[] y, int rowsY, int columnsY, float[] result) =>
        Multiply(Transpose.DontTranspose, Transpose.DontTranspose, 1, x, rowsX, columnsX, y, rowsY, columnsY, 0, result);

    void ILinearAlgebraProvider<double>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB, double beta, double[] c) =>
        Multiply(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    void ILinearAlgebraProvider<float>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b, int rowsB, int columnsB, float beta, float[] c) =>
        Multiply(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    private static void Multiply<T>(
        Transpose transposeA, Transpose transposeB, T alpha, T[] a, int rowsA, int columnsA, T[] b, int rowsB, int columnsB, T beta, T[] c)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        bool turnA = transposeA != Transpose.DontTranspose, turnB = transposeB != Transpose.DontTranspose;
        (int rows, int inner) = turnA ? (columnsA, rowsA) : (rowsA, columnsA);
        (int innerB, int columns) = turnB ? (columnsB, rowsB) : (rowsB, columnsB);
        if (inner != innerB)
            throw new ArgumentException($"op(A) is {rows}x{inner} and op(B) is {innerB}x{columns}: the columns of the first are not the rows of the second.");
        RequireLength(nameof(a), a.Length, rowsA, columnsA);
        RequireLength(nameof(b), b.Length, rowsB, columnsB);
        RequireLength(nameof(c), c.Length, rows, columns);
        if (ReferenceEquals(a, c))
            a = [.. a]; // MathNet allows the result to be a factor
        if (ReferenceEquals(b, c))
            b = [.. b];
        MatrixOperand<T> left = new(a, rowsA, columnsA, rowsA, turnA), right = new(b, rowsB, columnsB, rowsB, turnB);
        Products.MultiplyHere(InstructionSets.Best, Compute.Threads, alpha, left, right, beta, new MatrixResult<T>(c, rows, columns, rows));
    }

    private static void RequireLength(string name, int length, int rows, int columns)
    {
        if (length != (long)rows * columns)
            throw new ArgumentException($"{name} has {length} elements, but {rows}x{columns} has {(long)rows * columns}.", name);
    }
}
