using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff.Memory;

/// <summary>
/// The memory of one value: a dense matrix and its column-major array, which are the same numbers. Every node of the value holds it; the last to let go
/// gives it back to the pool. What it shows never changes while somebody holds it.
/// </summary>
internal sealed class Buffer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly BufferPool<T> pool;
    private int holders;

    /// <summary>Memory of a shelf of the pool.</summary>
    public Buffer(BufferPool<T> pool, BufferPool<T>.Shelf shelf, Matrix<T> matrix, T[] data)
    {
        (this.pool, Shelf) = (pool, shelf);
        (Matrix, Data, Shape) = (matrix, data, shelf.Shape);
    }

    /// <summary>A view of memory that the pool does not own; it shows nothing yet.</summary>
    public Buffer(BufferPool<T> pool) => (this.pool, Matrix, Data) = (pool, null!, []);

    public Matrix<T> Matrix { get; private set; }

    public T[] Data { get; private set; }

    public Shape Shape { get; private set; }

    public bool IsHeld => holders > 0;

    /// <summary>Where the buffer goes back to; null for a view.</summary>
    public BufferPool<T>.Shelf? Shelf { get; }

    /// <summary>The buffer whose memory a view shows; null where that is somebody else's (an input, a parameter).</summary>
    private Buffer<T>? Source { get; set; }

    public Buffer<T> Hold()
    {
        holders++;
        return this;
    }

    public void Release()
    {
        if (--holders == 0)
            pool.Return(this);
    }

    /// <summary>Shows a matrix, and holds the buffer whose memory it is, if it is the pool's own.</summary>
    public void Show(Matrix<T> matrix, T[] data, Buffer<T>? source)
    {
        (Matrix, Data, Shape) = (matrix, data, new Shape(matrix.RowCount, matrix.ColumnCount));
        Source = source?.Hold();
    }

    /// <summary>Forgets the matrix, so that a view that waits for its next use keeps nobody's memory alive.</summary>
    public void ShowNothing()
    {
        Source?.Release();
        (Matrix, Data, Shape, Source) = (null!, [], default, null);
    }
}
