using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

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
    /// <param name="weights">w, a number a row.</param>
    /// <param name="losses">N numbers.</param>
    /// <param name="gradient">N x C, or empty where no gradient is needed.</param>
    public static void Run<T, TLoss>(TLoss loss, Span<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        if (labels.IsEmpty)
            return;
        if (labels.Length < RowLoops<T>.FewestRows)
        {
            RunFewRows(loss, logits, labels, weights, losses, gradient);
            return;
        }

        int rows = labels.Length, columns = logits.Length / rows;
        for (int first = 0; first < rows;)
        {
            // A rest of fewer rows than a vector is not left for the end.
            int count = rows - first < RowChunk<T>.MostRows + RowLoops<T>.FewestRows ? rows - first : RowChunk<T>.MostRows;
            using RowChunk<T> chunk = new(logits[first..], rows, count, columns);
            Span<T> target = gradient.IsEmpty ? gradient : gradient[first..];
            RunChunk(loss, chunk, labels.Slice(first, count), weights.Slice(first, count), losses.Slice(first, count), target);
            first += count;
        }
    }

    private static void RunChunk<T, TLoss>(
        TLoss loss, in RowChunk<T> chunk, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        TensorPrimitives.ConvertTruncating(labels, chunk.Labels);
        bool keeps = !gradient.IsEmpty && chunk.CanKeep, skips = TensorPrimitives.Min(weights) == T.Zero;
        chunk.Exponentiate(keeps ? gradient : default, withDistances: loss.Tilt != 0);
        FillMargins(chunk);
        if (skips)
            ClearSkipped(weights, chunk.Margins);
        loss.Evaluate(chunk.Margins, losses, chunk.Slopes);
        bool hasInfinity = !double.IsFinite(TensorPrimitives.Sum<double>(chunk.Margins));
        if (hasInfinity || (loss.Tilt != 0 && !double.IsFinite(TensorPrimitives.Sum<double>(chunk.Distance))))
            AddTiltBeyondRange(loss, chunk, losses);
        else if (loss.Tilt != 0)
            AddTilt(loss.Tilt, chunk, losses);
        Weigh(chunk, weights, losses, skips);
        if (!gradient.IsEmpty)
            FillGradient(loss.Tilt, chunk, weights, gradient, keeps, skips, hasInfinity);
    }

    /// <summary>d = z_t - shift - ln sum.</summary>
    private static void FillMargins<T>(in RowChunk<T> chunk)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<double> fromShift = chunk.TargetDistance, shift = chunk.Wide, logSum = chunk.Slopes;
        TensorPrimitives.ConvertTruncating<T, double>(chunk.Target, fromShift);
        TensorPrimitives.ConvertTruncating<T, double>(chunk.Shift, shift);
        TensorPrimitives.Subtract(fromShift, shift, fromShift);
        Functions.Log<double>(chunk.Sum, logSum);
        TensorPrimitives.Subtract(fromShift, logSum, chunk.Margins);
    }

    /// <summary>Adds the linear term, tilt·(z_t - mean z).</summary>
    private static void AddTilt<T>(double tilt, in RowChunk<T> chunk, Span<double> losses)
        where T : struct, IFloatingPointIeee754<T>
    {
        TensorPrimitives.MultiplyAdd(chunk.Distance, -1.0 / chunk.Columns, chunk.TargetDistance, chunk.Wide);
        TensorPrimitives.MultiplyAdd(chunk.Wide, tilt, losses, losses);
    }

    /// <summary>The same by halves, where a margin or a sum is beyond the largest double; the loss of such a margin is computed anew.</summary>
    private static void AddTiltBeyondRange<T, TLoss>(TLoss loss, in RowChunk<T> chunk, Span<double> losses)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        for (int row = 0; row < losses.Length; row++)
        {
            double target = double.CreateTruncating(chunk.Target[row]);
            double half = (target / 2) - (double.CreateTruncating(chunk.Shift[row]) / 2);
            double tilt = loss.Tilt == 0 ? 0 : loss.Tilt * (half - chunk.HalfMeanDistance(row));
            losses[row] = double.IsInfinity(chunk.Margins[row])
                ? 2 * (loss.HalfValue(half - (Math.Log(chunk.Sum[row]) / 2)) + tilt)
                : losses[row] + (2 * tilt);
        }
    }

    private static void Weigh<T>(in RowChunk<T> chunk, ReadOnlySpan<T> weights, Span<double> losses, bool skips)
        where T : struct, IFloatingPointIeee754<T>
    {
        TensorPrimitives.ConvertTruncating(weights, chunk.Wide);
        TensorPrimitives.Multiply(losses, chunk.Wide, losses);
        TensorPrimitives.Multiply(chunk.Slopes, chunk.Wide, chunk.Slopes);
        if (!skips)
            return;
        ClearSkipped(weights, losses);
        ClearSkipped(weights, chunk.Slopes);
    }

    /// <summary>-slope·q_j for the others, with q_j = exp(z_j - shift) / sum, plus the slopes of the tilt; at the label, the slope itself and its tilt.</summary>
    private static void FillGradient<T>(
        double tilt, in RowChunk<T> chunk, ReadOnlySpan<T> weights, Span<T> gradient, bool keeps, bool skips, bool hasInfinity)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<double> wide = chunk.Wide;
        TensorPrimitives.Divide(chunk.Slopes, chunk.Sum, wide);
        TensorPrimitives.Negate(wide, wide);
        if (hasInfinity)
            ClearWhereZero(chunk.Sum, wide);
        TensorPrimitives.ConvertTruncating<double, T>(wide, chunk.Factor);
        FillTilt(tilt, chunk, weights);
        chunk.Scale(gradient, keeps);
        for (int row = 0; skips && row < weights.Length; row++)
        {
            if (weights[row] == T.Zero)
                ClearRow(gradient[row..], chunk.Stride, chunk.Columns);
        }
    }

    /// <summary>What the linear term adds to the gradient: w·tilt·(e_t - 1/C); at the label the margin's slope is with it.</summary>
    private static void FillTilt<T>(double tilt, in RowChunk<T> chunk, ReadOnlySpan<T> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<double> own = chunk.Slopes;
        if (tilt == 0)
        {
            chunk.Offset.Clear();
        }
        else
        {
            TensorPrimitives.Multiply(weights, T.CreateTruncating(-tilt / chunk.Columns), chunk.Offset);
            TensorPrimitives.ConvertTruncating(weights, chunk.Wide);
            TensorPrimitives.MultiplyAdd(chunk.Wide, tilt * (chunk.Columns - 1) / chunk.Columns, own, own);
        }

        TensorPrimitives.ConvertTruncating<double, T>(own, chunk.Own);
    }

    /// <summary>Where there is no other logit above -∞, the softmax of the others is nothing.</summary>
    private static void ClearWhereZero(ReadOnlySpan<double> sum, Span<double> factor)
    {
        for (int row = 0; row < sum.Length; row++)
            factor[row] = sum[row] == 0 ? 0 : factor[row];
    }

    private static void ClearSkipped<T>(ReadOnlySpan<T> weights, Span<double> values)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < weights.Length; row++)
            values[row] = weights[row] == T.Zero ? 0 : values[row];
    }

    /// <summary>A skipped row may hold NaN, and 0·NaN is NaN.</summary>
    private static void ClearRow<T>(Span<T> gradient, int stride, int columns)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < columns; column++)
            gradient[column * stride] = T.Zero;
    }

    /// <summary>Fewer rows than the narrowest vector are run among rows of weight 0.</summary>
    private static void RunFewRows<T, TLoss>(
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
        Run(loss, z, t, w, values, gradient.IsEmpty ? default : dz);
        values[..rows].CopyTo(losses);
        if (!gradient.IsEmpty)
            RowPadding.Narrow(dz, padded, gradient, rows);
        ArrayPool<T>.Shared.Return(numbers);
    }
}
