using System.Buffers;
using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Memory for row kernels: one column and some numbers a row, borrowed from the shared pool.</summary>
internal readonly ref struct RowScratch<T>(int rows)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] numbers = ArrayPool<T>.Shared.Rent(2 * rows);
    private readonly double[] wideNumbers = ArrayPool<double>.Shared.Rent(3 * rows);

    public Span<T> Column => numbers.AsSpan(0, rows);

    public Span<T> Shift => numbers.AsSpan(rows, rows);

    public Span<double> Sum => wideNumbers.AsSpan(0, rows);

    public Span<double> Slope => wideNumbers.AsSpan(rows, rows);

    public Span<double> Extra => wideNumbers.AsSpan(2 * rows, rows);

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<double>.Shared.Return(wideNumbers);
    }
}
