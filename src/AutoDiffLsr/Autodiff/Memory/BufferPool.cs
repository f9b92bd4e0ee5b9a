using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace AutoDiffLsr.Autodiff.Memory;

/// <summary>
/// The memory of a tape: buffers by shape, given out and taken back, and views of matrices that are not its own. A training step asks for the same each
/// time, so from the second step on nothing is allocated.
/// </summary>
internal sealed class BufferPool<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const int RecentCount = 64;

    private static int pools;

    private readonly Dictionary<Shape, Shelf> shelves = [];
    private readonly Dictionary<T[], Buffer<T>> owners = [];
    private readonly Stack<Buffer<T>> views = new();

    /// <summary>A direct-mapped cache of recently used shelves: most look-ups end here, after one comparison.</summary>
    private readonly Shelf?[] recent = new Shelf?[RecentCount];

    /// <summary>The number of the pool among those of the process, in the order of their making, from 1.</summary>
    private readonly int number = Interlocked.Increment(ref pools);

    /// <summary>Whether memory that is given back is overwritten by NaN, so that who still reads it gets NaN and not a plausible number.</summary>
    public bool Spoils { get; set; }

    /// <summary>Bytes of all buffers, in use or not.</summary>
    public long Bytes => shelves.Values.Sum(shelf => shelf.Made * (long)shelf.Shape.Count) * Unsafe.SizeOf<T>();

    /// <summary>A buffer of the given shape, held by the caller; its content is whatever its last user left.</summary>
    public Buffer<T> Rent(Shape shape)
    {
        ref Shelf? shelf = ref recent[((shape.Rows * 31) + shape.Columns) & (RecentCount - 1)];
        if (shelf is null || shelf.Shape != shape)
            shelf = ShelfFor(shape);
        return (shelf.Take() ?? Make(shelf)).Hold();
    }

    /// <summary>A view of a matrix, held by the caller. One that is not dense is copied; one that is this pool's own memory keeps it from being given away.</summary>
    /// <exception cref="InvalidOperationException">The matrix is memory of this pool that was given back.</exception>
    public Buffer<T> Borrow(Matrix<T> matrix)
    {
        if (matrix.Storage is not DenseColumnMajorMatrixStorage<T> storage)
        {
            Buffer<T> copy = Rent(new Shape(matrix.RowCount, matrix.ColumnCount));
            matrix.CopyTo(copy.Matrix);
            return copy;
        }

        return View(matrix, storage.Data, OwnerOf(matrix, storage.Data));
    }

    /// <summary>A view of a parameter's value. Memory that was once found to be somebody else's is never this pool's: that is looked up once, not in each step.</summary>
    public Buffer<T> Borrow(Parameter<T> parameter)
    {
        if (parameter.ForeignToPool == number)
            return View(parameter.Value, parameter.Data, source: null);
        Buffer<T>? source = OwnerOf(parameter.Value, parameter.Data);
        if (source is null)
            parameter.ForeignToPool = number;
        return View(parameter.Value, parameter.Data, source);
    }

    public void Return(Buffer<T> buffer)
    {
        if (buffer.Shelf is { } shelf)
        {
            if (Spoils)
                buffer.Data.AsSpan().Fill(T.NaN);
            shelf.Put(buffer);
            return;
        }

        buffer.ShowNothing();
        views.Push(buffer);
    }

    /// <summary>The buffer of this pool whose memory the matrix shows; null where it is somebody else's.</summary>
    private Buffer<T>? OwnerOf(Matrix<T> matrix, T[] data)
    {
        if (owners.TryGetValue(data, out Buffer<T>? source) && !source.IsHeld)
        {
            throw new InvalidOperationException(
                $"This {matrix.RowCount}x{matrix.ColumnCount} matrix is the Value of a variable from before the last Reset of its tape (or from inside a finished gradient): "
                + "its memory has been given back. Clone a Value to keep it.");
        }

        return source;
    }

    private Buffer<T> View(Matrix<T> matrix, T[] data, Buffer<T>? source)
    {
        Buffer<T> view = views.TryPop(out Buffer<T>? used) ? used : new Buffer<T>(this);
        view.Show(matrix, data, source);
        return view.Hold();
    }

    private Shelf ShelfFor(Shape shape)
    {
        if (!shelves.TryGetValue(shape, out Shelf? shelf))
            shelves.Add(shape, shelf = new Shelf(shape));
        return shelf;
    }

    private Buffer<T> Make(Shelf shelf)
    {
        shelf.Made++;
        T[] data = AlignedMemory.Allocate<T>(shelf.Shape.Count);
        Buffer<T> buffer = new(this, shelf, Matrix<T>.Build.Dense(shelf.Shape.Rows, shelf.Shape.Columns, data), data);
        if (data.Length > 0)
            owners.Add(data, buffer);
        if (Spoils)
            data.AsSpan().Fill(T.NaN);
        return buffer;
    }

    /// <summary>The free buffers of one shape.</summary>
    internal sealed class Shelf(Shape shape)
    {
        private Buffer<T>[] free = new Buffer<T>[4];
        private int count;

        public Shape Shape { get; } = shape;

        public int Made { get; set; }

        public Buffer<T>? Take() => count > 0 ? free[--count] : null;

        public void Put(Buffer<T> buffer)
        {
            if (count == free.Length)
                Array.Resize(ref free, 2 * count);
            free[count++] = buffer;
        }
    }
}
