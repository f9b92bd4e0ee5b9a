using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Some rows and columns of a column-major matrix: entry (r, c) of the block is at c·stride + r.</summary>
internal readonly ref struct RowBlock<T>(Span<T> data, int stride, int rows, int firstColumn, int columns)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Span<T> data = data;

    /// <summary>Entry (0, 0).</summary>
    public ref T Start => ref MemoryMarshal.GetReference(data);

    public nint Stride { get; } = stride;

    public nint Rows { get; } = rows;

    /// <summary>The matrix's number of the first column, to compare with labels.</summary>
    public int FirstColumn { get; } = firstColumn;

    public int Columns { get; } = columns;
}
