using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>The loops that make gradients and probabilities of exponentials, kept or computed anew.</summary>
internal static class ScaleLanes<L, T>
    where L : struct, ILanes<L, T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>
    /// y[r, c] = y[r, c]·factor[r] + offset[r], but own[r] at the row's label. What belongs to the rows of the last vector is taken from behind the rows,
    /// where those that the vector before has done are left as they are by a factor of 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ScaleBlock(in RowBlock<T> block, ref T labels, ref T factor, ref T offset, ref T own)
    {
        ref T y = ref block.Start;
        for (nint slot = 0; slot < block.Rows; slot += L.Count)
        {
            bool isWhole = slot + L.Count <= block.Rows;
            nint entry = isWhole ? slot : block.Rows - L.Count, from = isWhole ? slot : block.Rows;
            L label = L.Load(ref labels, from), by = L.Load(ref factor, from), plus = L.Load(ref offset, from), at = L.Load(ref own, from), column = L.Of(block.FirstColumn);
            for (int c = 0; c < block.Columns; c++, entry += block.Stride, column += L.Of(1))
                L.ChooseSame(label, column, at, L.MultiplyAdd(L.Load(ref y, entry), by, plus)).Store(ref y, entry);
        }
    }

    /// <summary>y[i] = y[i]·factor[r] + offset[r] over a run of whole columns, where r = i mod rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Scale(nint length, nint rows, ref T factor, ref T offset, ref T y)
    {
        // The last vector is read before the others overwrite what it shares with them.
        nint last = length - L.Count, lastRow = rows - L.Count, row = 0;
        L end = L.MultiplyAdd(L.Load(ref y, last), L.Load(ref factor, lastRow), L.Load(ref offset, lastRow));
        for (nint i = 0; i < last; i += L.Count, row = NextInRun(row, rows))
            L.MultiplyAdd(L.Load(ref y, i), L.Load(ref factor, row), L.Load(ref offset, row)).Store(ref y, i);
        end.Store(ref y, last);
    }

    /// <summary>
    /// y[i] = exp(x[i] - shift[r])·factor[r] + offset[r] over a run of whole columns. On request the stores go past the caches, for a y that they could not
    /// hold: its lines are then not fetched to be overwritten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void ScaleAnew<TPastCaches>(nint length, nint rows, ref T x, ref T shift, ref T factor, ref T offset, ref T y)
        where TPastCaches : struct, ISwitch
    {
        fixed (byte* target = &Unsafe.As<T, byte>(ref y))
        {
            nint last = length - L.Count, first = TPastCaches.IsOn ? UntilAligned(target) : 0, row = first % rows;
            Scaled(ref x, 0, ref shift, ref factor, ref offset, 0).Store(ref y, 0);
            for (nint i = first; i <= last; i += L.Count, row = NextInRun(row, rows))
            {
                Cache.Fetch(ref x, i + Cache.Ahead);
                L scaled = Scaled(ref x, i, ref shift, ref factor, ref offset, row);
                if (TPastCaches.IsOn)
                    scaled.StoreAligned(target + (i * Unsafe.SizeOf<T>()));
                else
                    scaled.Store(ref y, i);
            }

            Scaled(ref x, last, ref shift, ref factor, ref offset, rows - L.Count).Store(ref y, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Scaled(ref T x, nint i, ref T shift, ref T factor, ref T offset, nint row) => L.MultiplyAdd(
        ElementaryKernels<L, T>.ExpBelowZero<T>(L.Load(ref x, i) - L.Load(ref shift, row)), L.Load(ref factor, row), L.Load(ref offset, row));

    /// <summary>How many numbers lie before the first address that is a multiple of a vector's size.</summary>
    private static unsafe nint UntilAligned(byte* address) => (nint)(-(long)address & ((L.Count * Unsafe.SizeOf<T>()) - 1)) / Unsafe.SizeOf<T>();

    /// <summary>The row of the next vector of a run, which may reach into the next column: what belongs to rows is repeated behind the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint NextInRun(nint row, nint rows) => row + L.Count < rows ? row + L.Count : row + L.Count - rows;
}
