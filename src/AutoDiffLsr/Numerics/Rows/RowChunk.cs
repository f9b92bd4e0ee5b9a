using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Some rows of a column-major matrix with what a softmax or a loss keeps for each: its label, its largest entry and the sum of its exponentials.
/// Sums are carried in double, from one group of columns to the next.
/// </summary>
internal readonly ref struct RowChunk<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Sums of so many numbers are made in T, larger ones in double.</summary>
    private const int ColumnsInT = 64;

    /// <summary>From so many columns on, a running maximum saves reading them all twice.</summary>
    private const int ManyColumns = 4096;

    /// <summary>The entries that a block of columns has then: they stay in the nearest cache.</summary>
    private const int EntriesAtOnce = 8192;

    private readonly Span<T> x;
    private readonly int rows;
    private readonly T[] numbers;
    private readonly double[] wideNumbers;

    /// <summary>Rows of x, from entry (0, 0) of the chunk on; stride is the number of rows of the whole matrix.</summary>
    public RowChunk(Span<T> x, int stride, int rows, int columns)
    {
        this.x = x;
        (Stride, this.rows, Columns) = (stride, rows, columns);
        numbers = ArrayPool<T>.Shared.Rent(5 * rows);
        wideNumbers = ArrayPool<double>.Shared.Rent(4 * rows);
        Labels.Fill(T.NegativeOne);
    }

    /// <summary>The number of rows of the whole matrix: the distance from column to column.</summary>
    public int Stride { get; }

    public int Columns { get; }

    /// <summary>The column that is left out of each row, as a number; -1 for none.</summary>
    public Span<T> Labels => numbers.AsSpan(0, rows);

    /// <summary>The largest entry of each row, or the lowest finite number where all are -∞.</summary>
    public Span<T> Shift => numbers.AsSpan(rows, rows);

    public Span<T> Factor => numbers.AsSpan(2 * rows, rows);

    public Span<T> Offset => numbers.AsSpan(3 * rows, rows);

    /// <summary>Σ exp(x - shift) of each row.</summary>
    public Span<double> Sum => wideNumbers.AsSpan(0, rows);

    public Span<double> Margins => wideNumbers.AsSpan(rows, rows);

    public Span<double> Slopes => wideNumbers.AsSpan(2 * rows, rows);

    /// <summary>Σ (x - shift) of each row, once <see cref="AddDistances"/> has run: what is left of large logits that are close together is exact.</summary>
    public Span<double> Distance => wideNumbers.AsSpan(3 * rows, rows);

    private Span<T> Partial => numbers.AsSpan(4 * rows, rows);

    /// <summary>How many rows a chunk should have, so that what is kept between the passes stays in the cache.</summary>
    public static int RowsAtOnce(int columns) => columns >= ManyColumns ? 512 : Math.Clamp(8 * EntriesAtOnce / columns / 64 * 64, 64, 1024);

    public static bool AreMany(int columns) => columns >= ManyColumns;

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<double>.Shared.Return(wideNumbers);
    }

    /// <summary>Fills <see cref="Shift"/> and <see cref="Sum"/>, and keeps the exponentials where there is room for them.</summary>
    public void Exponentiate(Span<T> kept)
    {
        Shift.Fill(Lowest);
        Sum.Clear();
        int atOnce = kept.IsEmpty && AreMany(Columns) ? Math.Max(EntriesAtOnce / rows, 1) : Columns;
        for (int first = 0; first < Columns; first += atOnce)
        {
            RowBlock<T> block = Block(x, first, Math.Min(atOnce, Columns - first));
            if (first == 0)
                RowLoops<T>.Maxima(block, Labels, Shift);
            else
                RaiseMaxima(block);
            AddExponentials(block, kept);
        }
    }

    public void AddDistances()
    {
        Distance.Clear();
        for (int first = 0; first < Columns; first += ColumnsInT)
        {
            RowLoops<T>.Distances(Block(x, first, Math.Min(ColumnsInT, Columns - first)), Shift, Partial);
            Add(Partial, Distance);
        }
    }

    /// <summary>y = exponentials · factor + offset, from those that were kept in y or anew from x.</summary>
    public void Scale(Span<T> y, bool wereKept)
    {
        if (wereKept)
            RowLoops<T>.Scale(Block(y, 0, Columns), Factor, Offset);
        else
            RowLoops<T>.ScaleAnew(Block(x, 0, Columns), Shift, Factor, Offset, y);
    }

    /// <summary>Half of the mean of x - shift over a row, also where the differences are beyond the largest number.</summary>
    public double HalfMeanDistance(int row)
    {
        if (double.IsFinite(Distance[row]))
            return Distance[row] / 2 / Columns;
        double half = 0, offset = double.CreateTruncating(Shift[row]) / 2;
        for (int entry = row; entry < x.Length; entry += Stride)
            half += ((double.CreateTruncating(x[entry]) / 2) - offset) / Columns;
        return half;
    }

    private static T Lowest => typeof(T) == typeof(float) ? (T)(object)float.MinValue : (T)(object)double.MinValue;

    private RowBlock<T> Block(Span<T> data, int first, int count) => new(data[(first * Stride)..], Stride, rows, first, count);

    /// <summary>Takes further columns into the maxima; where one rises, the sum so far is brought down to it.</summary>
    private void RaiseMaxima(in RowBlock<T> block)
    {
        Span<T> ratio = Factor;
        Shift.CopyTo(ratio);
        RowLoops<T>.Maxima(block, Labels, Shift);
        TensorPrimitives.Subtract(ratio, Shift, ratio);
        Functions.Exp(ratio, ratio);
        for (int row = 0; row < rows; row++)
            Sum[row] *= double.CreateTruncating(ratio[row]);
    }

    private void AddExponentials(in RowBlock<T> block, Span<T> kept)
    {
        for (int first = block.FirstColumn, end = first + block.Columns; first < end; first += ColumnsInT)
        {
            RowBlock<T> group = Block(x, first, Math.Min(ColumnsInT, end - first));
            if (kept.IsEmpty)
                RowLoops<T>.Sums(group, Labels, Shift, Partial);
            else
                RowLoops<T>.SumsKept(group, Labels, Shift, Partial, kept[(first * Stride)..]);
            Add(Partial, Sum);
        }
    }

    private static void Add(Span<T> partial, Span<double> sum)
    {
        for (int row = 0; row < sum.Length; row++)
            sum[row] += double.CreateTruncating(partial[row]);
    }
}
