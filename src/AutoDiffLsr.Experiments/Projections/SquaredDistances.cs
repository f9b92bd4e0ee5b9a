using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>Squared Euclidean distances between the rows of a matrix, computed in double, a block of rows at a time.</summary>
internal sealed class SquaredDistances
{
    private const int BlockRows = 128;

    private readonly int count, features;
    private readonly double[] samples, norms, block;
    private int blockStart = -1;

    private SquaredDistances(double[] samples, int count)
    {
        (this.samples, this.count) = (samples, count);
        features = samples.Length / count;
        norms = new double[count];
        block = new double[Math.Min(count, BlockRows) * count];
        for (int entry = 0; entry < samples.Length; entry++)
            norms[entry % count] += samples[entry] * samples[entry];
    }

    /// <summary>The distances of the rows of a matrix, moved to their mean first: ‖x‖² + ‖y‖² - 2xy then loses less.</summary>
    public static SquaredDistances Of<T>(Matrix<T> matrix)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] data = matrix.Data();
        double[] samples = new double[data.Length];
        for (int i = 0; i < data.Length; i++)
            samples[i] = double.CreateTruncating(data[i]);
        int rows = matrix.RowCount;
        for (int start = 0; start < samples.Length; start += rows)
        {
            Span<double> column = samples.AsSpan(start, rows);
            double mean = Reductions.Sum<double>(column) / rows;
            foreach (ref double value in column)
                value -= mean;
        }

        return new SquaredDistances(samples, rows);
    }

    /// <summary>The squared distances from one row to all; rows are best asked for in order.</summary>
    public void From(int row, Span<double> distances)
    {
        int start = row - (row % BlockRows);
        if (start != blockStart)
            Multiply(start);
        ReadOnlySpan<double> products = block.AsSpan((row - start) * count, count);
        for (int other = 0; other < count; other++)
            distances[other] = Math.Max(0, norms[row] + norms[other] - (2 * products[other]));
        distances[row] = 0;
    }

    private void Multiply(int start)
    {
        int rows = Math.Min(BlockRows, count - start);
        Products.Multiply(false, true, count, rows, features, 1, samples, count, samples.AsSpan(start), count, 0, block.AsSpan(0, rows * count), count);
        blockStart = start;
    }
}
