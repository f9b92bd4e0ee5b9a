using System.Buffers;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>The numbers of a matrix with enough rows for a vector: its own, or a copy with more rows.</summary>
internal readonly ref struct PaddedRows<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[]? copy;
    private readonly int rows, columns;

    public PaddedRows(Matrix<T> matrix)
    {
        (rows, columns) = (Math.Max(matrix.RowCount, RowLoops<T>.FewestRows), matrix.ColumnCount);
        Data = matrix.Data();
        if (rows == matrix.RowCount)
            return;
        copy = ArrayPool<T>.Shared.Rent(rows * columns);
        Data = copy.AsSpan(0, rows * columns);
        RowPadding.Widen(matrix.Data(), Math.Max(matrix.RowCount, 1), Data, rows);
    }

    public Span<T> Data { get; }

    /// <summary>The rows as one chunk; <paramref name="leftOut"/> is a column of each to leave out.</summary>
    public RowChunk<T> Chunk(int[]? leftOut)
    {
        RowChunk<T> chunk = new(Data, rows, rows, columns);
        chunk.Labels.Fill(T.NegativeOne);
        for (int row = 0; row < leftOut?.Length; row++)
            chunk.Labels[row] = T.CreateTruncating(leftOut[row]);
        return chunk;
    }

    public void CopyBack(Matrix<T> matrix)
    {
        if (copy is not null)
            RowPadding.Narrow(Data, rows, matrix.Data(), matrix.RowCount);
    }

    public void Dispose()
    {
        if (copy is not null)
            ArrayPool<T>.Shared.Return(copy);
    }
}
