using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>A factor of a product: a column-major matrix in memory, taken as it is or transposed.</summary>
/// <param name="data">The elements, column after column.</param>
/// <param name="storedRows">The rows of the matrix as it is in memory.</param>
/// <param name="storedColumns">The columns of the matrix as it is in memory.</param>
/// <param name="stride">The distance between the starts of two columns in memory.</param>
/// <param name="isTransposed">Whether the factor is the transpose of what is in memory.</param>
internal readonly ref struct MatrixOperand<T>(ReadOnlySpan<T> data, int storedRows, int storedColumns, int stride, bool isTransposed = false)
    where T : struct, IFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Data { get; } = data;

    public int StoredRows { get; } = storedRows;

    public int StoredColumns { get; } = storedColumns;

    public int Stride { get; } = stride;

    public bool IsTransposed { get; } = isTransposed;

    /// <summary>The rows of the factor.</summary>
    public int Rows => IsTransposed ? StoredColumns : StoredRows;

    /// <summary>The columns of the factor.</summary>
    public int Columns => IsTransposed ? StoredRows : StoredColumns;

    /// <summary>A whole dense matrix.</summary>
    public static MatrixOperand<T> Of(Matrix<T> matrix, bool isTransposed = false) => new(matrix.Data(), matrix.RowCount, matrix.ColumnCount, matrix.RowCount, isTransposed);

    /// <summary>Throws where the memory is too short for the shape.</summary>
    /// <exception cref="ArgumentException">The span is too short, or the stride is smaller than a column.</exception>
    public void Require(string name) => MatrixMemory.Require(name, Data.Length, Stride, StoredRows, StoredColumns);
}
