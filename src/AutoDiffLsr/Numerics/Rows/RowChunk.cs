using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Some rows of a column-major matrix with what a softmax or a loss keeps for each: its label, its largest entry and the sum of its exponentials.
/// The columns are read once, a block at a time that stays in the cache, each block shifted by the largest entries up to it; where a later block raises
/// them, the sums so far are brought down. Sums are carried in double from block to block.
/// </summary>
internal readonly ref struct RowChunk<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Sums of so many numbers are made in T, larger ones in double.</summary>
    private const int ColumnsInT = 64;

    /// <summary>With more entries than a cache holds, computing the exponentials again costs less than writing and reading them once more.</summary>
    private const int MostKept = 1 << 20;

    /// <summary>The entries of a block.</summary>
    private const int EntriesAtOnce = 16384;

    private readonly Span<T> x;
    private readonly int rows, columnsAtOnce;
    private readonly T[] numbers;
    private readonly double[] wideNumbers;

    /// <summary>Rows of x, from entry (0, 0) of the chunk on; stride is the number of rows of the whole matrix.</summary>
    public RowChunk(Span<T> x, int stride, int rows, int columns)
    {
        this.x = x;
        (Stride, this.rows, Columns) = (stride, rows, columns);
        columnsAtOnce = Math.Clamp(EntriesAtOnce / rows, 1, ColumnsInT);
        numbers = ArrayPool<T>.Shared.Rent((7 + (CanKeep ? Blocks : 0)) * rows);
        wideNumbers = ArrayPool<double>.Shared.Rent(6 * rows);
        Labels.Fill(T.NegativeOne);
        Target.Clear();
    }

    /// <summary>How many rows a chunk has at most.</summary>
    public static int MostRows => 512;

    /// <summary>The number of rows of the whole matrix: the distance from column to column.</summary>
    public int Stride { get; }

    public int Columns { get; }

    /// <summary>The column that is left out of each row, as a number; -1 for none.</summary>
    public Span<T> Labels => numbers.AsSpan(0, rows);

    /// <summary>The largest entry of each row, or the lowest finite number where all are -∞.</summary>
    public Span<T> Shift => numbers.AsSpan(rows, rows);

    /// <summary>The entry of each row that is left out; 0 where none is.</summary>
    public Span<T> Target => numbers.AsSpan(2 * rows, rows);

    public Span<T> Factor => numbers.AsSpan(3 * rows, rows);

    public Span<T> Offset => numbers.AsSpan(4 * rows, rows);

    /// <summary>What <see cref="Scale"/> writes where an entry was left out.</summary>
    public Span<T> Own => numbers.AsSpan(5 * rows, rows);

    /// <summary>Σ exp(x - shift) of each row.</summary>
    public Span<double> Sum => wideNumbers.AsSpan(0, rows);

    public Span<double> Margins => wideNumbers.AsSpan(rows, rows);

    public Span<double> Slopes => wideNumbers.AsSpan(2 * rows, rows);

    /// <summary>Σ (x - shift) of each row, where it was asked for: what is left of large logits that are close together is exact.</summary>
    public Span<double> Distance => wideNumbers.AsSpan(3 * rows, rows);

    /// <summary>The entry that is left out less the shift, in double.</summary>
    public Span<double> TargetDistance => wideNumbers.AsSpan(5 * rows, rows);

    /// <summary>Room for numbers on their way from T to double or back.</summary>
    public Span<double> Wide => wideNumbers.AsSpan(4 * rows, rows);

    private Span<T> Partial => numbers.AsSpan(6 * rows, rows);

    private int Blocks => (Columns + columnsAtOnce - 1) / columnsAtOnce;

    /// <summary>The shifts that a block's exponentials were kept with.</summary>
    private Span<T> ShiftOf(int block) => numbers.AsSpan((7 + block) * rows, rows);

    /// <summary>Whether it pays to keep the exponentials from <see cref="Exponentiate"/> to <see cref="Scale"/>.</summary>
    public bool CanKeep => (long)rows * Columns <= MostKept;

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<double>.Shared.Return(wideNumbers);
    }

    /// <summary>
    /// Fills <see cref="Shift"/>, <see cref="Target"/>, <see cref="Sum"/> and on request <see cref="Distance"/>, and keeps the exponentials where there is
    /// room for them.
    /// </summary>
    public void Exponentiate(Span<T> kept, bool withDistances = false)
    {
        Shift.Fill(Lowest);
        Sum.Clear();
        Distance.Clear();
        for (int i = 0, first = 0; first < Columns; i++, first += columnsAtOnce)
        {
            RowBlock<T> block = Block(x, first);
            RaiseMaxima(block, withDistances);
            AddExponentials(block, i, kept);
            if (!withDistances)
                continue;
            RowLoops<T>.Distances(block, Shift, Partial);
            Add(Partial, Distance);
        }
    }

    /// <summary>
    /// y = exponentials · factor + offset, from those that were kept in y or anew from x; but <see cref="Own"/> where an entry was left out.
    /// The blocks go backwards: those that were read last are still in the cache.
    /// </summary>
    public void Scale(Span<T> y, bool wereKept)
    {
        for (int i = Blocks - 1; i >= 0; i--)
        {
            int first = i * columnsAtOnce;
            if (wereKept)
                RowLoops<T>.Scale(Block(y, first), Labels, FactorOf(i), Offset, Own);
            else
                RowLoops<T>.ScaleAnew(Block(x, first), Labels, Shift, Factor, Offset, Own, y[(first * Stride)..]);
        }
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

    private RowBlock<T> Block(Span<T> data, int first) => new(data[(first * Stride)..], Stride, rows, first, Math.Min(columnsAtOnce, Columns - first));

    /// <summary>Takes further columns into the maxima; where one rises, the sums so far are brought to it.</summary>
    private void RaiseMaxima(in RowBlock<T> block, bool withDistances)
    {
        Span<T> before = Partial;
        Shift.CopyTo(before);
        RowLoops<T>.Maxima(block, Labels, Shift, Target);
        if (block.FirstColumn == 0 || Shift.SequenceEqual(before))
            return;
        Span<double> drop = Wide, shift = Slopes;
        TensorPrimitives.ConvertTruncating<T, double>(before, drop);
        TensorPrimitives.ConvertTruncating<T, double>(Shift, shift);
        TensorPrimitives.Subtract(drop, shift, drop);
        if (withDistances)
            TensorPrimitives.MultiplyAdd(drop, block.FirstColumn, Distance, Distance);
        TensorPrimitives.ConvertTruncating<double, T>(drop, before);
        Functions.Exp(before, before);
        TensorPrimitives.ConvertTruncating<T, double>(before, Wide);
        TensorPrimitives.Multiply(Sum, Wide, Sum);
    }

    private void AddExponentials(in RowBlock<T> block, int index, Span<T> kept)
    {
        if (kept.IsEmpty)
        {
            RowLoops<T>.Sums(block, Labels, Shift, Partial);
        }
        else
        {
            RowLoops<T>.SumsKept(block, Labels, Shift, Partial, kept[(block.FirstColumn * Stride)..]);
            if (Blocks > 1)
                Shift.CopyTo(ShiftOf(index));
        }

        Add(Partial, Sum);
    }

    /// <summary>The factor that also brings a block's exponentials from its own shift to the last one.</summary>
    private Span<T> FactorOf(int block)
    {
        if (block == Blocks - 1)
            return Factor;
        TensorPrimitives.Subtract(ShiftOf(block), Shift, Partial);
        Functions.Exp(Partial, Partial);
        TensorPrimitives.Multiply(Partial, Factor, Partial);
        return Partial;
    }

    private void Add(Span<T> partial, Span<double> sum)
    {
        TensorPrimitives.ConvertTruncating<T, double>(partial, Wide);
        TensorPrimitives.Add(sum, Wide, sum);
    }
}
