using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The inner loops of softmax and the losses, for a block of columns: the lanes of a vector are neighbouring rows, which is how a column lies in memory.
/// There are at least as many rows as lanes. The last vector starts where it just ends with the rows; the rows it has in common with the one
/// before are computed twice, to the same result.
/// </summary>
internal static class RowLanes<L, T>
    where L : struct, ILanes<L, T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>shift[r] = max(shift[r], x[r, c] over the block, but not at the row's label), and target[r] = x[r, label] where the label is in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Maxima(in RowBlock<T> block, ref T labels, ref T shift, ref T target)
    {
        ref T x = ref block.Start;
        L lowest = L.Of(Lowest);
        for (nint row = 0; row < block.Rows; row = Next(row, block.Rows))
        {
            L label = L.Load(ref labels, row), column = L.Of(block.FirstColumn), largest = L.Load(ref shift, row), own = L.Load(ref target, row);
            nint entry = row;
            for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
            {
                L value = L.Load(ref x, entry), isLabel = L.Same(label, column);
                own = L.Choose(isLabel, value, own);
                largest = L.Larger(largest, L.Choose(isLabel, lowest, value));
            }

            largest.Store(ref shift, row);
            own.Store(ref target, row);
        }
    }

    /// <summary>sum[r] = Σ exp(x[r, c] - shift[r]) over the block, but not at the row's label.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums(in RowBlock<T> block, ref T labels, ref T shift, ref T sum)
    {
        ref T x = ref block.Start;
        for (nint row = 0; row < block.Rows; row = Next(row, block.Rows))
        {
            L label = L.Load(ref labels, row), column = L.Of(block.FirstColumn), offset = L.Load(ref shift, row), total = L.Of(0);
            nint entry = row;
            for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
                total += Exponential(L.Load(ref x, entry), offset, label, column);
            total.Store(ref sum, row);
        }
    }

    /// <summary>The same, keeping the exponentials in y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumsKept(in RowBlock<T> block, ref T labels, ref T shift, ref T sum, ref T y)
    {
        ref T x = ref block.Start;
        for (nint row = 0; row < block.Rows; row = Next(row, block.Rows))
        {
            L label = L.Load(ref labels, row), column = L.Of(block.FirstColumn), offset = L.Load(ref shift, row), total = L.Of(0);
            nint entry = row;
            for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
            {
                L power = Exponential(L.Load(ref x, entry), offset, label, column);
                power.Store(ref y, entry);
                total += power;
            }

            total.Store(ref sum, row);
        }
    }

    /// <summary>sum[r] = Σ x[r, c] - shift[r] over the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Distances(in RowBlock<T> block, ref T shift, ref T sum)
    {
        ref T x = ref block.Start;
        for (nint row = 0; row < block.Rows; row = Next(row, block.Rows))
        {
            L offset = L.Load(ref shift, row), total = L.Of(0);
            nint entry = row;
            for (int c = 0; c < block.Columns; c++, entry += block.Stride)
                total += L.Load(ref x, entry) - offset;
            total.Store(ref sum, row);
        }
    }

    /// <summary>y[r, c] = y[r, c]·factor[r] + offset[r], but own[r] at the row's label.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(in RowBlock<T> block, ref T labels, ref T factor, ref T offset, ref T own)
    {
        ref T y = ref block.Start;
        nint entry = 0, last = block.Rows - L.Count;
        L column = L.Of(block.FirstColumn);
        for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
        {
            // The last vector is read before the others overwrite what it shares with them.
            L end = Scaled(L.Load(ref y, entry + last), column, last, ref labels, ref factor, ref offset, ref own);
            for (nint row = 0; row < last; row += L.Count)
                Scaled(L.Load(ref y, entry + row), column, row, ref labels, ref factor, ref offset, ref own).Store(ref y, entry + row);
            end.Store(ref y, entry + last);
        }
    }

    /// <summary>
    /// y[r, c] = exp(x[r, c] - shift[r])·factor[r] + offset[r], but own[r] at the row's label, for when keeping the exponentials costs more than
    /// computing them again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAnew(in RowBlock<T> block, ref T labels, ref T shift, ref T factor, ref T offset, ref T own, ref T y)
    {
        ref T x = ref block.Start;
        nint entry = 0;
        L column = L.Of(block.FirstColumn);
        for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
        {
            for (nint row = 0; row < block.Rows; row = Next(row, block.Rows))
            {
                L power = ElementaryKernels<L, T>.ExpBelowZero(L.Load(ref x, entry + row) - L.Load(ref shift, row));
                Scaled(power, column, row, ref labels, ref factor, ref offset, ref own).Store(ref y, entry + row);
            }
        }
    }

    /// <summary>The lowest finite number: a start for maxima that leaves x - maximum free of ∞ - ∞ when all logits are -∞.</summary>
    private static double Lowest => typeof(T) == typeof(float) ? float.MinValue : double.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Exponential(L x, L shift, L label, L column) =>
        L.Choose(L.Same(label, column), L.Of(0), ElementaryKernels<L, T>.ExpBelowZero(x - shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Scaled(L power, L column, nint row, ref T labels, ref T factor, ref T offset, ref T own) => L.Choose(
        L.Same(L.Load(ref labels, row), column), L.Load(ref own, row), L.MultiplyAdd(power, L.Load(ref factor, row), L.Load(ref offset, row)));

    /// <summary>The start of the next vector of rows; the last one is moved back so that it ends with the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(nint row, nint rows) => row + L.Count == rows ? rows : Math.Min(row + L.Count, rows - L.Count);
}
