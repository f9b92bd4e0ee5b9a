using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>Squared Euclidean distances between the rows of a matrix, computed in double, a block of rows at a time.</summary>
internal sealed class SquaredDistances
{
    private const int BlockRows = 128;

    private readonly int count;
    private readonly Matrix<double> samples;
    private readonly double[] norms, products;
    private int blockStart = -1;

    private SquaredDistances(Matrix<double> samples)
    {
        (this.samples, count) = (samples, samples.RowCount);
        norms = new double[count];
        products = new double[Math.Min(count, BlockRows) * count];
        ReadOnlySpan<double> entries = samples.AsColumnMajorArray();
        for (int entry = 0; entry < entries.Length; entry++)
            norms[entry % count] += entries[entry] * entries[entry];
    }

    /// <summary>The distances of the rows of a matrix, moved to their mean first: ‖x‖² + ‖y‖² - 2xy then loses less.</summary>
    public static SquaredDistances Of<T>(Matrix<T> matrix)
        where T : struct, IFloatingPointIeee754<T>
    {
        double[] samples = [.. matrix.ToColumnMajorArray().Select(double.CreateTruncating)];
        int rows = matrix.RowCount;
        for (int start = 0; start < samples.Length; start += rows)
        {
            Span<double> column = samples.AsSpan(start, rows);
            TensorPrimitives.Subtract(column, TensorPrimitives.Sum<double>(column) / rows, column);
        }

        return new SquaredDistances(Matrix<double>.Build.Dense(rows, matrix.ColumnCount, samples));
    }

    /// <summary>The squared distances from one row to all; rows are best asked for in order.</summary>
    public void From(int row, Span<double> distances)
    {
        int start = row - (row % BlockRows);
        if (start != blockStart)
            Multiply(start);
        ReadOnlySpan<double> product = products.AsSpan((row - start) * count, count);
        for (int other = 0; other < count; other++)
            distances[other] = Math.Max(0, norms[row] + norms[other] - (2 * product[other]));
        distances[row] = 0;
    }

    /// <summary>X·Bᵀ for a block B of rows of X, by the engine's product: its bits are the same on any number of threads.</summary>
    private void Multiply(int start)
    {
        int rows = Math.Min(BlockRows, count - start);
        using Tape<double> tape = new();
        using RecordingScope<double> recording = tape.NoRecording();
        Variable<double> block = tape.Constant(samples.SubMatrix(start, rows, 0, samples.ColumnCount));
        tape.Constant(samples).MatMul(block, transposeB: true).Value.AsColumnMajorArray().CopyTo(products, 0);
        blockStart = start;
    }
}
