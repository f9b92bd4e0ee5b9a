using System.Buffers;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>Σ_ij p_ij log(1 + ‖y_i - y_j‖²), some points a part.</summary>
internal sealed class PairLogWork(PairAffinities affinities, float[] x, float[] y)
{
    private const int PointsPerPart = 32;

    private readonly double[] sums = new double[x.Length];

    public double Total()
    {
        Parts.Run((x.Length + PointsPerPart - 1) / PointsPerPart, RunPart);
        return TensorPrimitives.Sum<double>(sums);
    }

    private void RunPart(int part)
    {
        float[] rentedX = ArrayPool<float>.Shared.Rent(x.Length), rentedY = ArrayPool<float>.Shared.Rent(x.Length);
        Span<float> dx = rentedX.AsSpan(0, x.Length), dy = rentedY.AsSpan(0, x.Length);
        int end = Math.Min(x.Length, (part + 1) * PointsPerPart);
        for (int point = part * PointsPerPart; point < end; point++)
        {
            TensorPrimitives.Subtract(x, x[point], dx);
            TensorPrimitives.Subtract(y, y[point], dy);
            TensorPrimitives.Multiply(dx, dx, dx);
            TensorPrimitives.MultiplyAdd(dy, dy, dx, dx);
            TensorPrimitives.Add(dx, 1, dx);
            TensorPrimitives.Log(dx, dx);
            sums[point] = TensorPrimitives.Dot(affinities.Row(point), dx);
        }

        ArrayPool<float>.Shared.Return(rentedX);
        ArrayPool<float>.Shared.Return(rentedY);
    }
}
