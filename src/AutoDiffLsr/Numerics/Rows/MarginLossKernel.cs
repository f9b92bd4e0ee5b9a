using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Value and gradient of a margin loss for N x C logits, in one go. Rows go in chunks that stay in the cache: largest other entry, sum of
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

        int rows = labels.Length, columns = logits.Length / rows, atOnce = RowChunk<T>.RowsAtOnce(columns);
        for (int first = 0; first < rows;)
        {
            // A rest of fewer rows than a vector is not left for the end.
            int count = rows - first < atOnce + RowLoops<T>.FewestRows ? rows - first : atOnce;
            using RowChunk<T> chunk = new(logits[first..], rows, count, columns);
            Span<T> target = gradient.IsEmpty ? gradient : gradient[first..];
            RunChunk(loss, chunk, logits[first..], labels.Slice(first, count), weights.Slice(first, count), losses.Slice(first, count), target);
            first += count;
        }
    }

    private static void RunChunk<T, TLoss>(
        TLoss loss, in RowChunk<T> chunk, Span<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<double> losses, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        int rows = labels.Length, columns = chunk.Columns;
        for (int row = 0; row < rows; row++)
            chunk.Labels[row] = T.CreateTruncating(labels[row]);
        bool keeps = !gradient.IsEmpty && !RowChunk<T>.AreMany(columns);
        chunk.Exponentiate(keeps ? gradient : default);
        if (loss.Tilt != 0)
            chunk.AddDistances();
        Margins(chunk, logits, labels, weights);
        loss.Evaluate(chunk.Margins, losses, chunk.Slopes);
        if (loss.Tilt != 0 || !double.IsFinite(TensorPrimitives.SumOfMagnitudes<double>(chunk.Margins)))
            AddTilt(loss, chunk, logits, labels, losses);
        Weigh(weights, losses, chunk.Slopes);
        if (!gradient.IsEmpty)
            FillGradient(loss.Tilt, chunk, labels, weights, gradient, keeps);
    }

    /// <summary>d = z_t - shift - ln sum.</summary>
    private static void Margins<T>(in RowChunk<T> chunk, Span<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<double> margins = chunk.Margins;
        Functions.Log<double>(chunk.Sum, margins);
        for (int row = 0; row < labels.Length; row++)
        {
            margins[row] = weights[row] == T.Zero
                ? 0
                : double.CreateTruncating(logits[(labels[row] * chunk.Stride) + row]) - double.CreateTruncating(chunk.Shift[row]) - margins[row];
        }
    }

    /// <summary>Adds the linear term, and computes anew on halves where the margin overflows.</summary>
    private static void AddTilt<T, TLoss>(TLoss loss, in RowChunk<T> chunk, Span<T> logits, ReadOnlySpan<int> labels, Span<double> losses)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        for (int row = 0; row < labels.Length; row++)
        {
            double target = (uint)labels[row] < (uint)chunk.Columns ? double.CreateTruncating(logits[(labels[row] * chunk.Stride) + row]) : 0;
            double half = (target / 2) - (double.CreateTruncating(chunk.Shift[row]) / 2);
            double tilt = loss.Tilt == 0 ? 0 : loss.Tilt * (half - chunk.HalfMeanDistance(row));
            losses[row] = double.IsInfinity(chunk.Margins[row])
                ? 2 * (loss.HalfValue(half - (Math.Log(chunk.Sum[row]) / 2)) + tilt)
                : losses[row] + (2 * tilt);
        }
    }

    private static void Weigh<T>(ReadOnlySpan<T> weights, Span<double> losses, Span<double> slopes)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < weights.Length; row++)
        {
            double weight = double.CreateTruncating(weights[row]);
            losses[row] = weight == 0 ? 0 : weight * losses[row];
            slopes[row] = weight == 0 ? 0 : weight * slopes[row];
        }
    }

    /// <summary>-slope·q_j for the others, with q_j = exp(z_j - shift) / sum, plus the slopes of the tilt; then the label's own entry.</summary>
    private static void FillGradient<T>(
        double tilt, in RowChunk<T> chunk, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, Span<T> gradient, bool keeps)
        where T : struct, IFloatingPointIeee754<T>
    {
        Span<T> factor = chunk.Factor, offset = chunk.Offset;
        for (int row = 0; row < labels.Length; row++)
        {
            factor[row] = T.CreateTruncating(chunk.Sum[row] == 0 ? 0 : -chunk.Slopes[row] / chunk.Sum[row]);
            offset[row] = T.CreateTruncating(-tilt / chunk.Columns) * weights[row];
        }

        chunk.Scale(gradient, keeps);
        for (int row = 0; row < labels.Length; row++)
        {
            if (weights[row] == T.Zero)
                ClearRow(gradient[row..], chunk.Stride, chunk.Columns);
            else
                gradient[(labels[row] * chunk.Stride) + row] = T.CreateTruncating(chunk.Slopes[row] + (tilt * (chunk.Columns - 1) / chunk.Columns * double.CreateTruncating(weights[row])));
        }
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
