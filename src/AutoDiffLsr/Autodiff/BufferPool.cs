using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// The memory of a tape: buffers by shape, given out and taken back. A training step asks for the same shapes each time, so from the second step on
/// nothing is allocated.
/// </summary>
internal sealed class BufferPool<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const int RecentCount = 64;

    private readonly Dictionary<Shape, Shelf> shelves = [];

    /// <summary>A direct-mapped memory of the shelves asked for lately: most look-ups end here, after one comparison.</summary>
    private readonly Shelf?[] recent = new Shelf?[RecentCount];

    /// <summary>A buffer of the given shape; its content is whatever its last user left.</summary>
    public Buffer<T> Rent(Shape shape)
    {
        ref Shelf? shelf = ref recent[((shape.Rows * 31) + shape.Columns) & (RecentCount - 1)];
        if (shelf is null || shelf.Shape != shape)
            shelf = ShelfFor(shape);
        return shelf.Rent();
    }

    /// <summary>Bytes of all buffers, in use or not.</summary>
    public long Bytes => shelves.Values.Sum(shelf => shelf.Made * (long)shelf.Shape.Count) * Unsafe.SizeOf<T>();

    private Shelf ShelfFor(Shape shape)
    {
        if (!shelves.TryGetValue(shape, out Shelf? shelf))
            shelves.Add(shape, shelf = new Shelf(shape));
        return shelf;
    }

    /// <summary>The free buffers of one shape.</summary>
    internal sealed class Shelf(Shape shape)
    {
        private Buffer<T>[] free = new Buffer<T>[4];
        private int count;

        public Shape Shape { get; } = shape;

        public int Made { get; private set; }

        public Buffer<T> Rent() => count > 0 ? free[--count] : Make();

        public void Return(Buffer<T> buffer)
        {
            if (count == free.Length)
                Array.Resize(ref free, 2 * count);
            free[count++] = buffer;
        }

        private Buffer<T> Make()
        {
            Made++;
            T[] data = AlignedMemory.Allocate<T>(Shape.Count);
            return new Buffer<T>(Matrix<T>.Build.Dense(Shape.Rows, Shape.Columns, data), data, home: this);
        }
    }
}
