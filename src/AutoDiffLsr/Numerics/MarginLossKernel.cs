using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Value and gradient of a margin loss for N x C logits, in one go: one exponential an entry.</summary>
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
    /// <param name="gradient">N x C, or null where no gradient is needed.</param>
    public static void Run<T, TLoss>(TLoss loss, Matrix<T> logits, int[] labels, ReadOnlySpan<T> weights, Span<double> losses, Matrix<T>? gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IMarginLoss
    {
        int rows = logits.RowCount, columns = logits.ColumnCount;
        T[] z = logits.Data();
        using RowScratch<T> scratch = new(rows);
        RowKernels.ShiftsAndSums(logits, labels, scratch, gradient?.Data());
        Span<double> halfDistances = scratch.Extra;
        if (loss.Tilt != 0)
            HalfDistancesToMean(logits, labels, halfDistances);

        for (int row = 0; row < rows; row++)
        {
            double weight = double.CreateTruncating(weights[row]);
            if (weight == 0)
            {
                losses[row] = 0;
                scratch.Slope[row] = 0;
                continue;
            }

            double target = double.CreateTruncating(z[(labels[row] * rows) + row]);
            double shift = double.CreateTruncating(scratch.Shift[row]), logSum = Math.Log(scratch.Sum[row]);
            double margin = target - shift - logSum;
            double tilt = loss.Tilt == 0 ? 0 : loss.Tilt * halfDistances[row];
            losses[row] = weight * (double.IsInfinity(margin)
                ? 2 * (loss.HalfValue((target / 2) - (shift / 2) - (logSum / 2)) + tilt)
                : loss.Value(margin) + (2 * tilt));
            scratch.Slope[row] = weight * loss.Slope(margin);
        }

        if (gradient is not null)
            FillGradient(loss.Tilt, labels, weights, scratch, columns, gradient.Data());
    }

    /// <summary>Turns the exponentials exp(z_j - shift), 0 at the label, into the gradient.</summary>
    private static void FillGradient<T>(double tilt, int[] labels, ReadOnlySpan<T> weights, RowScratch<T> scratch, int columns, T[] gradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = weights.Length;
        Span<T> factor = scratch.Column, offset = scratch.Shift;
        bool skipsRows = false;
        for (int row = 0; row < rows; row++)
        {
            factor[row] = T.CreateTruncating(scratch.Sum[row] == 0 ? 0 : -scratch.Slope[row] / scratch.Sum[row]);
            offset[row] = T.CreateTruncating(-tilt / columns) * weights[row];
            skipsRows |= weights[row] == T.Zero;
        }

        for (int start = 0; start < gradient.Length; start += rows)
        {
            Span<T> column = gradient.AsSpan(start, rows);
            if (tilt == 0)
                TensorPrimitives.Multiply(column, factor, column);
            else
                TensorPrimitives.MultiplyAdd(column, factor, offset, column);
        }

        for (int row = 0; row < rows; row++)
        {
            if (weights[row] != T.Zero)
                gradient[(labels[row] * rows) + row] = T.CreateTruncating(scratch.Slope[row] + (tilt * (columns - 1) / columns * double.CreateTruncating(weights[row])));
        }

        if (skipsRows)
            ClearSkipped(weights, gradient);
    }

    /// <summary>A skipped row may hold NaN, and 0·NaN is NaN.</summary>
    private static void ClearSkipped<T>(ReadOnlySpan<T> weights, T[] gradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] != T.Zero)
                continue;
            for (int entry = row; entry < gradient.Length; entry += weights.Length)
                gradient[entry] = T.Zero;
        }
    }

    /// <summary>(z_t - mean z) / 2, row by row: the half is finite wherever the logits are.</summary>
    private static void HalfDistancesToMean<T>(Matrix<T> logits, int[] labels, Span<double> distances)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = logits.RowCount, columns = logits.ColumnCount;
        T[] z = logits.Data();
        distances.Clear();
        for (int start = 0; start < z.Length; start += rows)
        {
            for (int row = 0; row < rows; row++)
                distances[row] += double.CreateTruncating(z[start + row]);
        }

        for (int row = 0; row < rows; row++)
        {
            double target = (uint)labels[row] < (uint)columns ? double.CreateTruncating(z[(labels[row] * rows) + row]) : 0;
            double mean = double.IsFinite(distances[row]) ? distances[row] / columns : MeanOfHuge(z, rows, row, columns);
            distances[row] = (target / 2) - (mean / 2);
        }
    }

    /// <summary>The mean of a row whose sum is beyond the largest double.</summary>
    private static double MeanOfHuge<T>(T[] z, int rows, int row, int columns)
        where T : struct, IFloatingPointIeee754<T>
    {
        double mean = 0;
        for (int entry = row; entry < z.Length; entry += rows)
            mean += double.CreateTruncating(z[entry]) / columns;
        return mean;
    }
}
