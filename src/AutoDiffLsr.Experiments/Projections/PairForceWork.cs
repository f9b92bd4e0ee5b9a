using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>The forces on all points, some points a part.</summary>
internal sealed class PairForceWork(PairAffinities affinities, float[] x, float[] y)
{
    private const int PointsPerPart = 32;

    private readonly PairForce[] results = new PairForce[x.Length];

    public void RunAll() => Parts.Run((x.Length + PointsPerPart - 1) / PointsPerPart, RunPart);

    public PairForce On(int point) => results[point];

    /// <summary>Z = Σ_i Σ_j≠i w_ij.</summary>
    public double Normalizer()
    {
        double sum = 0;
        foreach (ref readonly PairForce force in results.AsSpan())
            sum += force.Weight;
        return sum;
    }

    private void RunPart(int part)
    {
        int end = Math.Min(x.Length, (part + 1) * PointsPerPart);
        for (int point = part * PointsPerPart; point < end; point++)
            results[point] = Sum(point);
    }

    private PairForce Sum(int point)
    {
        ReadOnlySpan<float> p = affinities.Row(point);
        ReadOnlySpan<Vector<float>> ps = MemoryMarshal.Cast<float, Vector<float>>(p), xs = MemoryMarshal.Cast<float, Vector<float>>(x), ys = MemoryMarshal.Cast<float, Vector<float>>(y);
        Vector<float> hereX = new(x[point]), hereY = new(y[point]);
        Vector<float> attractionX = default, attractionY = default, repulsionX = default, repulsionY = default, weight = default;
        for (int i = 0; i < ps.Length; i++)
        {
            Vector<float> dx = hereX - xs[i], dy = hereY - ys[i];
            Vector<float> w = Vector<float>.One / Vector.FusedMultiplyAdd(dx, dx, Vector.FusedMultiplyAdd(dy, dy, Vector<float>.One));
            Vector<float> attraction = ps[i] * w, repulsion = w * w;
            attractionX = Vector.FusedMultiplyAdd(attraction, dx, attractionX);
            attractionY = Vector.FusedMultiplyAdd(attraction, dy, attractionY);
            repulsionX = Vector.FusedMultiplyAdd(repulsion, dx, repulsionX);
            repulsionY = Vector.FusedMultiplyAdd(repulsion, dy, repulsionY);
            weight += w;
        }

        PairForce rest = SumRest(point, p, ps.Length * Vector<float>.Count);
        return new PairForce(
            Vector.Sum(attractionX) + rest.AttractionX,
            Vector.Sum(attractionY) + rest.AttractionY,
            Vector.Sum(repulsionX) + rest.RepulsionX,
            Vector.Sum(repulsionY) + rest.RepulsionY,
            Vector.Sum(weight) + rest.Weight - 1); // the point itself has w = 1 and no force
    }

    private PairForce SumRest(int point, ReadOnlySpan<float> p, int start)
    {
        float attractionX = 0, attractionY = 0, repulsionX = 0, repulsionY = 0, weight = 0;
        for (int i = start; i < p.Length; i++)
        {
            float dx = x[point] - x[i], dy = y[point] - y[i];
            float w = 1 / ((dx * dx) + (dy * dy) + 1);
            attractionX += p[i] * w * dx;
            attractionY += p[i] * w * dy;
            repulsionX += w * w * dx;
            repulsionY += w * w * dy;
            weight += w;
        }

        return new PairForce(attractionX, attractionY, repulsionX, repulsionY, weight);
    }
}
