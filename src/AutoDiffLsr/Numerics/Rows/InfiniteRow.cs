using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// A row whose largest entry is infinite, or that has no entry or NaN: what softmax and its relatives tend to there. Equal infinities are equal numbers: they share
/// the probability evenly, and nothing else has any.
/// </summary>
/// <remarks>The loops over lanes meet ∞ - ∞ in such a row. They are left as fast as they are; a row of this kind is recognised by its sum, and computed here.</remarks>
internal readonly ref struct InfiniteRow<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> x;
    private readonly int stride, row, leftOut;

    /// <summary>A row of a column-major matrix whose columns are <paramref name="stride"/> apart; <paramref name="leftOut"/> is a column to leave out, or none of them.</summary>
    public InfiniteRow(ReadOnlySpan<T> x, int stride, int columns, int row, int leftOut)
    {
        this.x = x;
        (this.stride, Columns, this.row, this.leftOut) = (stride, columns, row, leftOut);
        Largest = T.NegativeInfinity;
        for (int column = 0; column < Columns; column++)
        {
            if (column == leftOut)
                continue;
            T value = this[column];
            Count = value > Largest ? 1 : value == Largest ? Count + 1 : Count;
            Largest = T.Max(Largest, value); // NaN stays
        }
    }

    /// <summary>The largest entry but for the one that is left out; NaN where one is; -∞ where there are none.</summary>
    public T Largest { get; }

    /// <summary>How many entries are the largest.</summary>
    public int Count { get; }

    public int Columns { get; }

    /// <summary>ln Σ eˣ.</summary>
    public double LogSumExp => Count == 0 ? double.CreateTruncating(Largest) : double.CreateTruncating(Largest) + Math.Log(Count);

    public T this[int column] => x[(column * stride) + row];

    /// <summary>Whether the sum of exponentials says that a row is of this kind: 0 or NaN.</summary>
    public static bool IsLikely(double sum) => !(sum > 0);

    /// <summary>The softmax at a column.</summary>
    public double Probability(int column) =>
        column == leftOut ? 0 : T.IsNaN(Largest) ? double.NaN : this[column] == Largest ? 1.0 / Count : 0;

    /// <summary>x - ln Σ eˣ at a column.</summary>
    public double LogProbability(int column) => T.IsNaN(Largest) ? double.NaN : this[column] == Largest ? -Math.Log(Count) : double.NegativeInfinity;
}
