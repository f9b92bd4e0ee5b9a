using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Where a product goes: a column-major matrix in memory.</summary>
/// <param name="data">The elements, column after column.</param>
/// <param name="stride">The distance between the starts of two columns in memory.</param>
internal readonly ref struct MatrixResult<T>(Span<T> data, int rows, int columns, int stride)
    where T : struct, IFloatingPointIeee754<T>
{
    public Span<T> Data { get; } = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public int Stride { get; } = stride;

    /// <summary>A whole dense matrix.</summary>
    public static MatrixResult<T> Of(Matrix<T> matrix) => new(matrix.Data(), matrix.RowCount, matrix.ColumnCount, matrix.RowCount);

    /// <summary>Throws where the memory is too short for the shape.</summary>
    /// <exception cref="ArgumentException">The span is too short, or the stride is smaller than a column.</exception>
    public void Require(string name) => MatrixMemory.Require(name, Data.Length, Stride, Rows, Columns);
}
