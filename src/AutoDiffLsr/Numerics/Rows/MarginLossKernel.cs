using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Value and gradient of a margin loss for N x C logits, in one go, a chunk of rows at a time: largest other entries and sums of
/// exponentials, then margins, losses and slopes of all rows at once in double, then the exponentials times -slope / sum are the gradient.
/// </summary>
internal static class MarginLossKernel
{
    /// <summary>
    /// losses[n] = w[n]·L(z[n, ·]) and, on request, gradient[n, ·] = w[n]·dL/dz[n, ·]. A row of weight 0 is not looked at: even NaN logits leave its
    /// loss and gradient 0.
    /// </summary>
    /// <param name="loss">The loss as a function of the margin.</param>
    /// <param name="logits">N x C, at least two columns.</param>
    /// <param name="labels">A column for each row.</param>
    /// <param name="weights">w, a number a row; none is -0.</param>
    /// <param name="losses">N numbers.</param>
    /// <param name="gradient">N x C, or empty where no gradient is needed.</param>
    /// <returns>The sum of the losses.</returns>
    public static double Run<T, TLoss>(TLoss loss, Span<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        if (labels.IsEmpty)
            return 0;
        if (labels.Length < RowLoops<T>.FewestRows)
            return RunFewRows(loss, logits, labels, weights, losses, gradient);
        double total = 0;
        int rows = labels.Length, columns = logits.Length / rows;
        for (int first = 0; first < rows;)
        {
            // A rest of fewer rows than a vector is not left for the end.
            int count = rows - first < RowChunk<T>.MostRows + RowLoops<T>.FewestRows ? rows - first : RowChunk<T>.MostRows;
            using RowChunk<T> chunk = new(logits[first..], rows, count, columns);
            Span<T> target = gradient.IsEmpty ? gradient : gradient[first..];
            total += RunChunk(loss, chunk, labels.Slice(first, count), weights.Slice(first, count), losses.Slice(first, count), target);
            first += count;
        }

        return total;
    }

    private static double RunChunk<T, TLoss>(
        TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        TensorPrimitives.ConvertTruncating(labels, chunk.Labels);
        bool keeps = !gradient.IsEmpty && chunk.CanKeep;
        chunk.Exponentiate(keeps ? gradient : default, withDistances: loss.Tilt != 0);
        if (loss.Tilt == 0)
            chunk.Offset.Clear();
        bool skips = HasZero(weights);
        MarginLoops.Run(loss, chunk, weights, skips, losses);
        double total = Reductions.Sum<double>(losses);
        bool isRegular = double.IsFinite(total);
        if (!isRegular)
            RepairBeyondRange(loss, chunk, weights, losses);
        if (!gradient.IsEmpty)
            chunk.Scale(gradient, keeps, labels);
        if (!gradient.IsEmpty && skips)
            ClearSkipped(weights, gradient, chunk.Stride, chunk.Columns);
        if (isRegular)
            return total;
        RepairInfinite(loss, chunk, labels, weights, losses, gradient);
        return Reductions.Sum<double>(losses);
    }

    /// <summary>Computes the rows with infinite logits one by one: the lanes meet ∞ - ∞ there.</summary>
    private static void RepairInfinite<T, TLoss>(
        TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        for (int row = 0; row < losses.Length; row++)
        {
            double weight = double.CreateTruncating(weights[row]);
            if (weight != 0 && InfiniteMargin.Applies<T>(chunk.Entries, chunk.Stride, chunk.Columns, row))
                losses[row] = weight * InfiniteMargin.Run<T, TLoss>(loss, chunk.Entries, chunk.Stride, chunk.Columns, row, labels[row], weight, gradient);
        }
    }

    /// <summary>Computes the losses by halves where a margin or a sum of logits is beyond the largest double.</summary>
    private static void RepairBeyondRange<T, TLoss>(TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<T> weights, Span<double> losses)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        for (int row = 0; row < losses.Length; row++)
        {
            if (double.IsFinite(losses[row]))
                continue;
            double target = double.CreateTruncating(chunk.Target[row]), shift = double.CreateTruncating(chunk.Shift[row]), logSum = Math.Log(chunk.Sum[row]);
            double half = (target / 2) - (shift / 2), halfTilt = loss.Tilt == 0 ? 0 : loss.Tilt * (half - chunk.HalfMeanDistance(row));
            double value = double.IsInfinity(target - shift - logSum)
                ? 2 * (loss.HalfValue(half - (logSum / 2)) + halfTilt)
                : chunk.Values[row] + (2 * halfTilt);
            losses[row] = value * double.CreateTruncating(weights[row]);
        }
    }

    /// <summary>Whether a number is 0 and not -0: as whole numbers, the bits are found faster.</summary>
    private static bool HasZero<T>(ReadOnlySpan<T> numbers)
        where T : struct => typeof(T) == typeof(float) ? MemoryMarshal.Cast<T, int>(numbers).Contains(0) : MemoryMarshal.Cast<T, long>(numbers).Contains(0);

    /// <summary>A skipped row may hold NaN, and 0·NaN is NaN.</summary>
    private static void ClearSkipped<T>(ReadOnlySpan<T> weights, Span<T> gradient, int stride, int columns)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < weights.Length; row++)
        {
            for (int column = 0; weights[row] == T.Zero && column < columns; column++)
                gradient[(column * stride) + row] = T.Zero;
        }
    }

    /// <summary>Fewer rows than the narrowest vector are run among rows of weight 0.</summary>
    private static double RunFewRows<T, TLoss>(
        TLoss loss, Span<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        int rows = labels.Length, columns = logits.Length / rows, padded = RowLoops<T>.FewestRows;
        T[] numbers = ArrayPool<T>.Shared.Rent(padded * ((2 * columns) + 1));
        Span<T> z = numbers.AsSpan(0, padded * columns), dz = numbers.AsSpan(padded * columns, padded * columns), w = numbers.AsSpan(2 * padded * columns, padded);
        Span<int> t = stackalloc int[padded];
        Span<double> values = stackalloc double[padded];
        RowPadding.Widen(logits, rows, z, padded);
        labels.CopyTo(t);
        t[rows..].Clear();
        weights.CopyTo(w);
        w[rows..].Clear();
        double total = Run(loss, z, t, w, values, gradient.IsEmpty ? default : dz);
        values[..rows].CopyTo(losses);
        if (!gradient.IsEmpty)
            RowPadding.Narrow(dz, padded, gradient, rows);
        ArrayPool<T>.Shared.Return(numbers);
        return total;
    }
}
