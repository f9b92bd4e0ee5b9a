using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>Margin losses of a row with infinite logits: what loss and gradient tend to.</summary>
internal static class InfiniteMargin
{
    /// <summary>Whether a row has an infinite logit and none that is NaN.</summary>
    public static bool Applies<T>(ReadOnlySpan<T> x, int stride, int columns, int row)
        where T : struct, IFloatingPointIeee754<T>
    {
        bool hasInfinity = false;
        for (int column = 0; column < columns; column++)
        {
            T value = x[(column * stride) + row];
            if (T.IsNaN(value))
                return false;
            hasInfinity |= T.IsInfinity(value);
        }

        return hasInfinity;
    }

    /// <summary>The row's loss without its weight, and, where there is a place for it, its gradient with the weight.</summary>
    public static double Run<T, TLoss>(TLoss loss, ReadOnlySpan<T> x, int stride, int columns, int row, int label, double weight, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        InfiniteRow<T> others = new(x, stride, columns, row, label);
        double own = double.CreateTruncating(others[label]), largest = double.CreateTruncating(others.Largest), logSum = LogSumExp(others, label);
        bool isShared = own == largest && double.IsInfinity(own);
        double margin = isShared ? -Math.Log(others.Count) : own - logSum;
        (double value, double slope) = At(loss, margin);
        for (int column = 0; column < columns && !gradient.IsEmpty; column++)
        {
            double q = column == label ? -1 : double.IsFinite(largest) ? Math.Exp(double.CreateTruncating(others[column]) - logSum) : others.Probability(column);
            double tilt = loss.Tilt * ((column == label ? 1 : 0) - (1.0 / columns));
            gradient[(column * stride) + row] = T.CreateTruncating(weight * ((-slope * q) + tilt));
        }

        // A tilted loss counts the logarithm of every probability: one of them is 0 unless all logits are equal.
        return loss.Tilt == 0 ? value : isShared && others.Count == columns - 1 ? Math.Log(columns) : double.PositiveInfinity;
    }

    private static double LogSumExp<T>(in InfiniteRow<T> row, int leftOut)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(row.Largest))
            return row.LogSumExp;
        double sum = 0, largest = double.CreateTruncating(row.Largest);
        for (int column = 0; column < row.Columns; column++)
            sum += column == leftOut ? 0 : Math.Exp(double.CreateTruncating(row[column]) - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>Loss and slope at a margin, infinite or not.</summary>
    private static (double Value, double Slope) At<TLoss>(TLoss loss, double margin)
        where TLoss : struct, IMarginLoss
    {
        double softplus = Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))), sigmoid = 1 / (1 + Math.Exp(margin));
        double value = First(loss.Value(Lanes128<double>.Of(softplus), Lanes128<double>.Of(margin), out Lanes128<double> weight));
        return (double.IsInfinity(margin) ? 2 * loss.HalfValue(margin) : value, loss.Balance - (First(weight) * sigmoid));
    }

    private static double First(Lanes128<double> lanes)
    {
        Span<double> numbers = stackalloc double[Lanes128<double>.Count];
        lanes.Store(ref numbers[0], 0);
        return numbers[0];
    }
}
