using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>The entries of a matrix stored column by column in equal groups: all of them, or those of each column, or those of each row.</summary>
/// <param name="Count">How many groups.</param>
/// <param name="Length">The entries of each.</param>
/// <param name="Stride">From one entry of a group to the next.</param>
/// <param name="Step">From the first entry of a group to that of the next.</param>
internal readonly record struct EntryGroups(int Count, int Length, int Stride, int Step)
{
    public static EntryGroups All(int rows, int columns) => new(1, rows * columns, 1, 0);

    public static EntryGroups Columns(int rows, int columns) => new(columns, rows, 1, rows);

    public static EntryGroups Rows(int rows, int columns) => new(rows, columns, rows, 1);

    /// <summary>Where an entry of a group is.</summary>
    public int Place(int group, int entry) => (group * Step) + (entry * Stride);

    /// <summary>The entry of a group that is the largest, or the smallest: the first of equals, and a NaN before any number, as in PyTorch.</summary>
    public int Winner<T>(ReadOnlySpan<T> values, int group, bool largest)
        where T : struct, IFloatingPointIeee754<T>
    {
        int winner = 0;
        T best = values[Place(group, 0)];
        for (int entry = 1; entry < Length && !T.IsNaN(best); entry++)
        {
            T value = values[Place(group, entry)];
            if (T.IsNaN(value) || (largest ? value > best : value < best))
                (winner, best) = (entry, value);
        }

        return winner;
    }

    /// <summary>y[g] = the value at the place where the key wins in group g.</summary>
    public void AtWinners<T>(ReadOnlySpan<T> key, ReadOnlySpan<T> values, Span<T> y, bool largest)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < Count; group++)
            y[group] = values[Place(group, Winner(key, group, largest))];
    }

    /// <summary>Y = x[g] at the place where the key wins in group g, else 0.</summary>
    public void ToWinners<T>(ReadOnlySpan<T> key, ReadOnlySpan<T> x, Span<T> y, bool largest)
        where T : struct, IFloatingPointIeee754<T>
    {
        y.Clear();
        for (int group = 0; group < Count; group++)
            y[Place(group, Winner(key, group, largest))] = x[group];
    }

    /// <summary>y[g] = √Σ x² over group g, scaled by the largest entry, so that no square overflows or vanishes; the sum is in double.</summary>
    public void Norms<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < Count; group++)
        {
            double largest = 0, sum = 0;
            for (int entry = 0; entry < Length; entry++)
                largest = Math.Max(largest, Math.Abs(double.CreateChecked(x[Place(group, entry)])));
            if (largest == 0 || !double.IsFinite(largest))
            {
                y[group] = T.CreateTruncating(largest);
                continue;
            }

            for (int entry = 0; entry < Length; entry++)
            {
                double ratio = double.CreateChecked(x[Place(group, entry)]) / largest;
                sum += ratio * ratio;
            }

            y[group] = T.CreateTruncating(largest * Math.Sqrt(sum));
        }
    }

    /// <summary>Y = the sums of the entries up to each, or from each on, within its group.</summary>
    public void CumulativeSums<T>(ReadOnlySpan<T> x, Span<T> y, bool fromEnd)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < Count; group++)
        {
            double sum = 0;
            for (int entry = 0; entry < Length; entry++)
            {
                int place = Place(group, fromEnd ? Length - 1 - entry : entry);
                sum += double.CreateChecked(x[place]);
                y[place] = T.CreateTruncating(sum);
            }
        }
    }
}
