using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Sums of exponentials along the rows of a block of columns, sixteen rows at a time in the widest vectors of float.</summary>
internal static class ExponentialLanes<L, T>
    where L : struct, ILanes<L, T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Up to this many numbers are summed one after the other; longer sums are sums of such sums.</summary>
    private const int ColumnsInPart = 64;

    /// <summary>So far above the shift an entry may lie: its exponential is not large, and the difference is still as good as exact.</summary>
    public const double MostRise = 2;

    /// <summary>The lowest finite number: a start for maxima that leaves x - maximum free of ∞ - ∞ when all logits are -∞.</summary>
    private static L Lowest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.Of(typeof(T) == typeof(float) ? float.MinValue : double.MinValue);
    }

    /// <summary>
    /// partial[r] = Σ exp(x[r, c] - shift[r]) over the block, but not at the row's label; on request the same of x[r, c] - shift[r], and on request the
    /// exponentials are kept. target[r] = x[r, label] where the label is in the block.
    /// </summary>
    /// <remarks>
    /// The shift is the largest entry of the first block: a later block need not be read for its maximum before its exponentials are computed. Only where an
    /// entry turns out to lie too far above the shift is the shift raised, and the block done again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Sums<TMeasures, TKeeps>(in RowBlock<T> block, in RowPlaces<T> rows)
        where TMeasures : struct, ISwitch
        where TKeeps : struct, ISwitch
    {
        // The block after this one is next.
        nint next = block.Columns * block.Stride;
        for (nint row = 0; row < block.Rows; row = RowLanes<L, T>.Next(row, block.Rows), next += block.Columns * L.Count)
        {
            bool leavesOut = HasLabel(block, L.Load(ref rows.Labels, row)), raised = false;
            do
            {
                L rise = leavesOut ? SumsOfVector<TMeasures, TKeeps, On>(block, rows, row, next) : SumsOfVector<TMeasures, TKeeps, Off>(block, rows, row, next);
                raised = !raised && L.AnyGreater(rise, L.Of(MostRise));
                if (raised)
                    RaiseShift(block, rows, row, leavesOut);
            }
            while (raised);
        }
    }

    /// <returns>The largest difference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L SumsOfVector<TMeasures, TKeeps, TLeavesOut>(in RowBlock<T> block, in RowPlaces<T> rows, nint row, nint next)
        where TMeasures : struct, ISwitch
        where TKeeps : struct, ISwitch
        where TLeavesOut : struct, ISwitch
    {
        ref T x = ref block.Start, y = ref rows.Kept;
        L label = L.Load(ref rows.Labels, row), column = L.Of(block.FirstColumn), own = L.Load(ref rows.Target, row), offset = L.Load(ref rows.Shift, row);
        L total = L.Of(0), distance = L.Of(0), rise = Lowest;
        nint entry = row, stride = block.Stride;
        for (int left = block.Columns; left > 0; left -= ColumnsInPart)
        {
            L part = L.Of(0), partDistance = L.Of(0);
            for (int c = Math.Min(left, ColumnsInPart); c > 0; c--, entry += stride, next += L.Count)
            {
                Cache.Fetch(ref x, next);
                L value = L.Load(ref x, entry), difference = value - offset;
                if (TMeasures.IsOn)
                    partDistance += difference;
                if (TLeavesOut.IsOn)
                {
                    own = L.ChooseSame(label, column, value, own);
                    difference = L.ChooseSame(label, column, Lowest, difference);
                    column += L.Of(1);
                }

                rise = L.Larger(rise, difference);
                L power = ElementaryKernels<L, T>.ExpBelowZero<T>(difference);
                if (TKeeps.IsOn)
                    power.Store(ref y, entry);
                part += power;
            }

            total += part;
            if (TMeasures.IsOn)
                distance += partDistance;
        }

        total.Store(ref rows.Partial, row);
        if (TMeasures.IsOn)
            distance.Store(ref rows.PartialDistance, row);
        if (TLeavesOut.IsOn)
            own.Store(ref rows.Target, row);
        return rise;
    }

    /// <summary>shift[r] = the largest entry of the first block, but not at the row's label; target[r] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Begin(in RowBlock<T> block, in RowPlaces<T> rows)
    {
        for (nint row = 0; row < block.Rows; row = RowLanes<L, T>.Next(row, block.Rows))
        {
            LargestOfVector(block, rows, row, Lowest, HasLabel(block, L.Load(ref rows.Labels, row))).Store(ref rows.Shift, row);
            L.Of(0).Store(ref rows.Target, row);
        }
    }

    /// <summary>Raises shifts to the largest entries up to the block, and brings sum and distance of the columns before to them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RaiseShift(in RowBlock<T> block, in RowPlaces<T> rows, nint row, bool leavesOut)
    {
        L before = L.Load(ref rows.Shift, row), largest = LargestOfVector(block, rows, row, before, leavesOut), drop = before - largest;
        largest.Store(ref rows.Shift, row);

        // Rows that rise by 0, such as those that two vectors have in common when the second comes, stay as they are.
        ElementaryKernels<L, T>.ExpBelowZero<T>(drop).MultiplyInto(ref rows.Sum, row);
        drop.AddTo(ref rows.Distance, row, block.FirstColumn);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LargestOfVector(in RowBlock<T> block, in RowPlaces<T> rows, nint row, L largest, bool leavesOut)
    {
        ref T x = ref block.Start;
        nint entry = row, stride = block.Stride;
        if (leavesOut)
        {
            L label = L.Load(ref rows.Labels, row), column = L.Of(block.FirstColumn);
            for (int c = block.Columns; c > 0; c--, entry += stride, column += L.Of(1))
                largest = L.Larger(largest, L.ChooseSame(label, column, Lowest, L.Load(ref x, entry)));
        }
        else
        {
            for (int c = block.Columns; c > 0; c--, entry += stride)
                largest = L.Larger(largest, L.Load(ref x, entry));
        }

        return largest;
    }

    /// <summary>Whether the label of any of the rows is among the columns of the block: its distance from their middle is less than half of their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLabel(in RowBlock<T> block, L label)
    {
        double half = block.Columns / 2.0;
        return L.AnyGreater(L.Of(half), ElementaryKernels<L, T>.Magnitude(label - L.Of(block.FirstColumn + half - 0.5)));
    }
}
