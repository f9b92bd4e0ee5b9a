using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Some rows of a column-major matrix with what a softmax or a loss keeps for each: its label, an entry near its largest and the sum of its exponentials.
/// The columns are read once, a block at a time that stays in the cache. Entries are shifted by the largest of the first block; where a later block has much
/// larger ones, the shift is raised and the sums so far are brought down. Sums are carried in double from block to block.
/// </summary>
internal readonly ref struct RowChunk<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Up to this many numbers are summed in T; longer sums in double.</summary>
    private const int ColumnsInT = 256;

    /// <summary>The entries of a block.</summary>
    private const int EntriesAtOnce = 32768;

    /// <summary>
    /// With more entries than the caches hold, computing the exponentials again costs less than writing and reading them once more, and the result is
    /// written past the caches.
    /// </summary>
    private const int MostCached = 1 << 20;

    /// <summary>As many numbers as a vector has at most: the first ones of what belongs to the rows are repeated behind the last one.</summary>
    private const int Beyond = 16;

    private readonly Span<T> x;
    private readonly int rows, pitch, widePitch, start, wideStart, columnsAtOnce;
    private readonly T[] numbers;
    private readonly double[] wideNumbers;

    /// <summary>Rows of x, from entry (0, 0) of the chunk on; stride is the number of rows of the whole matrix.</summary>
    public RowChunk(Span<T> x, int stride, int rows, int columns)
    {
        this.x = x;
        (Stride, this.rows, Columns) = (stride, rows, columns);
        columnsAtOnce = Math.Clamp(EntriesAtOnce / rows, 1, ColumnsInT);
        pitch = WholeVectors(rows + Beyond);
        widePitch = WholeVectors(rows);
        numbers = ArrayPool<T>.Shared.Rent(((8 + (CanKeep ? Blocks : 0)) * pitch) + Beyond);
        wideNumbers = ArrayPool<double>.Shared.Rent((6 * widePitch) + Beyond);
        (start, wideStart) = (AlignedMemory.Start(numbers), AlignedMemory.Start(wideNumbers));
    }

    /// <summary>The matrix from the first entry of the chunk on.</summary>
    public Span<T> Entries => x;

    /// <summary>How many rows a chunk has at most.</summary>
    public static int MostRows => 1024;

    /// <summary>The number of rows of the whole matrix: the distance from column to column.</summary>
    public int Stride { get; }

    public int Columns { get; }

    /// <summary>Whether it pays to keep the exponentials from <see cref="Exponentiate"/> to <see cref="Scale"/>.</summary>
    public bool CanKeep => (long)rows * Columns <= MostCached;

    /// <summary>The column that is left out of each row, as a number; -1 for none.</summary>
    public Span<T> Labels => Numbers(0);

    /// <summary>
    /// An entry of each row that is at most <see cref="ExponentialLanes{L, T}.MostRise"/> below its largest, or the lowest finite number where all are -∞.
    /// </summary>
    public Span<T> Shift => Numbers(1);

    /// <summary>The entry of each row that is left out; 0 where none is.</summary>
    public Span<T> Target => Numbers(2);

    public Span<T> Factor => Numbers(3);

    public Span<T> Offset => Numbers(4);

    /// <summary>What <see cref="Scale"/> writes where an entry was left out.</summary>
    public Span<T> Own => Numbers(5);

    /// <summary>Σ exp(x - shift) of each row.</summary>
    public Span<double> Sum => Wide(0);

    /// <summary>Σ (x - shift) of each row, where it was asked for: what is left of large logits that are close together is exact.</summary>
    public Span<double> Distance => Wide(1);

    /// <summary>What <see cref="MarginLanes{L, T, TLoss}"/> makes of each row on the way to its loss.</summary>
    public Span<double> Odds => Wide(2);

    public Span<double> LogOdds => Wide(3);

    public Span<double> SigmoidOverSum => Wide(4);

    public Span<double> Values => Wide(5);

    /// <summary>The sums of a block.</summary>
    public Span<T> Partial => Numbers(6);

    /// <summary>The distances of a block.</summary>
    public Span<T> PartialDistance => Numbers(7);

    private int Blocks => (Columns + columnsAtOnce - 1) / columnsAtOnce;

    private static T Lowest => typeof(T) == typeof(float) ? (T)(object)float.MinValue : (T)(object)double.MinValue;

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
        for (int i = 0, first = 0; first < Columns; i++, first += columnsAtOnce)
        {
            RowBlock<T> block = new(x[(first * Stride)..], Stride, rows, first, Math.Min(columnsAtOnce, Columns - first));
            RowLoops<T>.Sums(block, this, withDistances, kept.IsEmpty ? kept : kept[(first * Stride)..]);
            Add(Partial, Sum, isFirst: i == 0);
            if (withDistances)
                Add(PartialDistance, Distance, isFirst: i == 0);
            if (!kept.IsEmpty && Blocks > 1)
                Shift.CopyTo(ShiftOf(i));
        }
    }

    /// <summary>
    /// y = exponentials · factor + offset, from those that were kept in y or anew from x; but <see cref="Own"/> where an entry was left out, whose columns
    /// are given.
    /// </summary>
    public void Scale(Span<T> y, bool wereKept, ReadOnlySpan<int> leftOut)
    {
        if (wereKept && Blocks == 1)
        {
            ScaleOneBlock(y);
            return;
        }

        Repeat(Shift);
        Repeat(Factor);
        Repeat(Offset);
        bool pastCaches = !wereKept && Stride == rows && y.Length > MostCached;
        for (int i = 0; i < Blocks; i++)
            ScaleRuns(y, i, wereKept, pastCaches);

        // Stores past the caches may otherwise become visible to another thread after what is written later.
        if (pastCaches)
            Interlocked.MemoryBarrier();
        for (int row = 0; row < leftOut.Length; row++)
        {
            if ((uint)leftOut[row] < (uint)Columns)
                y[(leftOut[row] * Stride) + row] = Own[row];
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

    private void ScaleOneBlock(Span<T> y)
    {
        int lanes = RowLoops<T>.LanesFor(rows), left = rows % lanes;
        if (left != 0)
        {
            PlaceEnd(Labels, left, lanes, T.NegativeOne);
            PlaceEnd(Factor, left, lanes, T.One);
            PlaceEnd(Offset, left, lanes, T.Zero);
            PlaceEnd(Own, left, lanes, T.Zero);
        }

        RowLoops<T>.ScaleBlock(new(y, Stride, rows, 0, Columns), this);
    }

    /// <summary>Whole columns follow one another and are a run; of a chunk of the rows, each column is a run.</summary>
    private void ScaleRuns(Span<T> y, int block, bool wereKept, bool pastCaches)
    {
        int first = block * columnsAtOnce, columns = Math.Min(columnsAtOnce, Columns - first), runs = Stride == rows ? 1 : columns, length = rows * (columns / runs);
        Span<T> factor = wereKept ? FactorOf(block) : Factor;
        for (int run = 0; run < runs; run++)
        {
            int start = (first + run) * Stride;
            if (wereKept)
                RowLoops<T>.Scale(rows, factor, Offset, y.Slice(start, length));
            else
                RowLoops<T>.ScaleAnew(rows, x.Slice(start, length), Shift, factor, Offset, y.Slice(start, length), pastCaches);
        }
    }

    /// <summary>Writes what a last vector needs behind the rows: a neutral number for the rows that are done before it, then those of the rows left.</summary>
    private void PlaceEnd(Span<T> values, int left, int lanes, T neutral)
    {
        Span<T> end = MemoryMarshal.CreateSpan(ref values[0], pitch)[rows..];
        end[..(lanes - left)].Fill(neutral);
        values[(rows - left)..].CopyTo(end[(lanes - left)..]);
    }

    /// <summary>The shifts that a block's exponentials were kept with.</summary>
    private Span<T> ShiftOf(int block) => Numbers(8 + block);

    private Span<T> Numbers(int index) => numbers.AsSpan(start + (index * pitch), rows);

    private Span<double> Wide(int index) => wideNumbers.AsSpan(wideStart + (index * widePitch), rows);

    private static int WholeVectors(int count) => (count + Beyond - 1) / Beyond * Beyond;

    private void Add(Span<T> partial, Span<double> sum, bool isFirst)
    {
        TensorPrimitives.ConvertTruncating<T, double>(partial, isFirst ? sum : Values);
        if (!isFirst)
            TensorPrimitives.Add(sum, Values, sum);
    }

    /// <summary>The factor that also brings a block's exponentials from its own shift to the last one.</summary>
    private Span<T> FactorOf(int block)
    {
        if (block == Blocks - 1)
            return Factor;
        TensorPrimitives.Subtract(ShiftOf(block), Shift, Partial);
        Functions.Exp(Partial, Partial);
        TensorPrimitives.Multiply(Partial, Factor, Partial);
        Repeat(Partial);
        return Partial;
    }

    /// <summary>Writes the first numbers behind the last one.</summary>
    private void Repeat(Span<T> values) => values[..Math.Min(rows, Beyond)].CopyTo(MemoryMarshal.CreateSpan(ref values[0], pitch)[rows..]);
}
