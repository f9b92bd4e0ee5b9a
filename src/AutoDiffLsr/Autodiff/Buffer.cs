using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace AutoDiffLsr.Autodiff;

/// <summary>The memory of one value: a dense matrix and its column-major array, which are the same numbers.</summary>
internal sealed class Buffer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Where the buffer goes back to; null when it is somebody else's memory (an input, a parameter).</summary>
    private readonly BufferPool<T>.Shelf? home;

    public Buffer(Matrix<T> matrix, T[] data, BufferPool<T>.Shelf? home)
    {
        (Matrix, Data, Shape, this.home) = (matrix, data, new Shape(matrix.RowCount, matrix.ColumnCount), home);
    }

    public Matrix<T> Matrix { get; private set; }

    public T[] Data { get; private set; }

    public Shape Shape { get; private set; }

    /// <summary>A view of a matrix that the tape does not own; a matrix that is not dense is copied.</summary>
    public static Buffer<T> Borrow(Matrix<T> matrix)
    {
        Matrix<T> dense = Dense(matrix);
        return new Buffer<T>(dense, DataOf(dense), home: null);
    }

    /// <summary>Points this borrowed view at another matrix, so that a reused node allocates nothing.</summary>
    public void BorrowInstead(Matrix<T> matrix)
    {
        Matrix = Dense(matrix);
        Data = DataOf(Matrix);
        Shape = new Shape(matrix.RowCount, matrix.ColumnCount);
    }

    public void Return() => home?.Return(this);

    private static Matrix<T> Dense(Matrix<T> matrix) =>
        matrix.Storage is DenseColumnMajorMatrixStorage<T> ? matrix : Matrix<T>.Build.DenseOfMatrix(matrix);

    private static T[] DataOf(Matrix<T> matrix) => ((DenseColumnMajorMatrixStorage<T>)matrix.Storage).Data;
}
