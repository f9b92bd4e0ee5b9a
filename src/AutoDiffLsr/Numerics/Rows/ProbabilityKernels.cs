using System.Buffers;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// What goes back through a softmax, for rows p of probabilities. Where one probability is nearly 1, the plain formulas subtract nearly equal numbers; these leave
/// the largest probability of a row out of the sum, so that what is small stays exact.
/// </summary>
internal static class ProbabilityKernels
{
    /// <summary>y = g - Σ p·g over each row, as (g - h) - Σ p·(g - h) with h the g of the largest probability. What has probability 0 does not count.</summary>
    public static void Centre<T>(Matrix<T> p, Matrix<T> g, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = p.RowCount;
        T[] weights = p.Data(), from = g.Data(), to = y.Data();
        using Rows<T> largest = Rows<T>.LargestOf(weights, rows);
        double[] means = ArrayPool<double>.Shared.Rent(rows);
        means.AsSpan(0, rows).Clear();
        for (int i = 0, row = 0; i < to.Length; i++, row = row + 1 == rows ? 0 : row + 1)
        {
            to[i] = from[i] - from[(largest.Column[row] * rows) + row];
            if (weights[i] != T.Zero)
                means[row] += double.CreateTruncating(weights[i]) * double.CreateTruncating(to[i]);
        }

        for (int i = 0, row = 0; i < to.Length; i++, row = row + 1 == rows ? 0 : row + 1)
            to[i] -= T.CreateTruncating(means[row]);
        ArrayPool<double>.Shared.Return(means);
    }

    /// <summary>y = dy - p·Σ dy over each row; at the largest probability as dy·(Σ of the other p) - p·(Σ of the other dy).</summary>
    public static void Spread<T>(Matrix<T> p, Matrix<T> dy, Matrix<T> y)
        where T : struct, IFloatingPointIeee754<T>
    {
        int rows = p.RowCount;
        T[] weights = p.Data(), from = dy.Data(), to = y.Data();
        using Rows<T> largest = Rows<T>.LargestOf(weights, rows);
        double[] sums = ArrayPool<double>.Shared.Rent(2 * rows);
        Span<double> otherWeights = sums.AsSpan(0, rows), others = sums.AsSpan(rows, rows);
        sums.AsSpan(0, 2 * rows).Clear();
        for (int i = 0, row = 0; i < to.Length; i++, row = row + 1 == rows ? 0 : row + 1)
        {
            if (i / rows == largest.Column[row])
                continue;
            otherWeights[row] += double.CreateTruncating(weights[i]);
            others[row] += double.CreateTruncating(from[i]);
        }

        for (int i = 0, row = 0; i < to.Length; i++, row = row + 1 == rows ? 0 : row + 1)
        {
            int at = (largest.Column[row] * rows) + row;
            double weight = double.CreateTruncating(weights[i]), own = double.CreateTruncating(from[i]);
            to[i] = T.CreateTruncating(weight == 0 ? own
                : i == at ? (own * otherWeights[row]) - (weight * others[row])
                : own - (weight * (others[row] + double.CreateTruncating(from[at]))));
        }

        ArrayPool<double>.Shared.Return(sums);
    }

    /// <summary>The column of the largest number of each row.</summary>
    private readonly ref struct Rows<T>
        where T : struct, IFloatingPointIeee754<T>
    {
        public required int[] Column { get; init; }

        public static Rows<T> LargestOf(ReadOnlySpan<T> p, int rows)
        {
            int[] columns = ArrayPool<int>.Shared.Rent(rows);
            columns.AsSpan(0, rows).Clear();
            for (int start = rows, column = 1; start < p.Length; start += rows, column++)
            {
                for (int row = 0; row < rows; row++)
                    columns[row] = p[start + row] > p[(columns[row] * rows) + row] ? column : columns[row];
            }

            return new Rows<T> { Column = columns };
        }

        public void Dispose() => ArrayPool<int>.Shared.Return(Column);
    }
}
