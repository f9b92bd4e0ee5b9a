using System.Buffers;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// Finds for each row of squared distances d the precision β at which p_j ∝ exp(-β d_j) has the wanted entropy
/// H = log Σ exp(-β d) + β Σ p d, which falls as β grows.
/// </summary>
internal sealed class PerplexitySearch(float[] affinities, int count, double entropy, int blockRows)
{
    private const double Tolerance = 1e-7;
    private const int MostSteps = 200; // more than copies of one sample cannot have a lower entropy than their number: then the search ends here

    private readonly double[] distances = new double[Math.Min(blockRows, count) * count];
    private int firstRow;

    /// <summary>Where the squared distances of a row of the block are put.</summary>
    public Span<double> DistancesOf(int rowInBlock) => distances.AsSpan(rowInBlock * count, count);

    /// <summary>Fills the rows of a block with p_j|i.</summary>
    public void RunBlock(int start, int rows)
    {
        firstRow = start;
        Parts.Run(rows, RunPart);
    }

    private void RunPart(int part)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        Span<double> p = rented.AsSpan(0, count), shifted = DistancesOf(part);
        int self = firstRow + part;
        ShiftToNearest(shifted, self);
        Search(shifted, self, p);
        TensorPrimitives.ConvertTruncating<double, float>(p, affinities.AsSpan(self * count, count));
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>d - min d, which leaves p as it is and its largest exponential 1.</summary>
    private static void ShiftToNearest(Span<double> row, int self)
    {
        row[self] = double.PositiveInfinity;
        double nearest = TensorPrimitives.Min<double>(row);
        row[self] = nearest;
        TensorPrimitives.Subtract(row, nearest, row);
    }

    private void Search(ReadOnlySpan<double> row, int self, Span<double> p)
    {
        double mean = TensorPrimitives.Sum(row) / (count - 1);
        double low = 0, high = double.PositiveInfinity, beta = mean > 0 ? 1 / mean : 1;
        for (int step = 0; step < MostSteps && double.IsFinite(beta); step++)
        {
            double difference = EntropyAt(beta, row, self, p) - entropy;
            if (Math.Abs(difference) < Tolerance)
                return;
            if (difference > 0)
                low = beta;
            else
                high = beta;
            beta = double.IsInfinity(high) ? 2 * beta : (low + high) / 2;
        }
    }

    private static double EntropyAt(double beta, ReadOnlySpan<double> row, int self, Span<double> p)
    {
        TensorPrimitives.Multiply(row, -beta, p);
        TensorPrimitives.Exp<double>(p, p);
        p[self] = 0;
        double sum = TensorPrimitives.Sum<double>(p);
        double meanDistance = TensorPrimitives.Dot<double>(p, row) / sum;
        TensorPrimitives.Divide(p, sum, p);
        return Math.Log(sum) + (beta * meanDistance);
    }
}
