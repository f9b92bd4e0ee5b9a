using System.Numerics.Tensors;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// The gradient of t-SNE's KL(P ‖ Q) for all points, pair by pair: with w_ij = 1 / (1 + ‖y_i - y_j‖²) and Z = Σ w,
/// dKL/dy_i = 4 [Σ_j p_ij w_ij (y_i - y_j) - Σ_j w_ij² (y_i - y_j) / Z].
/// </summary>
/// <remarks>
/// Every point sums over all others by itself, so that threads share nothing and the bits are the same for any number of them. That is twice the arithmetic
/// of looking at each pair once, and still faster: no sum has to be scattered.
/// </remarks>
internal sealed class PairForces
{
    private readonly PairAffinities affinities;
    private readonly float[] x, y;
    private readonly PairForceWork forces;
    private readonly PairLogWork logs;
    private readonly double[] gradient;

    public PairForces(PairAffinities affinities)
    {
        this.affinities = affinities;
        int count = affinities.Count;
        (x, y, gradient) = (new float[count], new float[count], new double[2 * count]);
        forces = new PairForceWork(affinities, x, y);
        logs = new PairLogWork(affinities, x, y);
    }

    /// <summary>The gradient, x of all points and then y of all points; valid until asked for again.</summary>
    /// <param name="positions">x of all points, then y.</param>
    /// <param name="exaggeration">A factor of P.</param>
    public ReadOnlySpan<double> Gradient(ReadOnlySpan<double> positions, double exaggeration)
    {
        Place(positions);
        forces.RunAll();
        int count = affinities.Count;
        double repulsion = 1 / forces.Normalizer();
        for (int i = 0; i < count; i++)
        {
            PairForce force = forces.On(i);
            gradient[i] = 4 * ((exaggeration * force.AttractionX) - (repulsion * force.RepulsionX));
            gradient[count + i] = 4 * ((exaggeration * force.AttractionY) - (repulsion * force.RepulsionY));
        }

        return gradient;
    }

    /// <summary>KL(P ‖ Q) = Σ p log p + Σ p log(1 + ‖y_i - y_j‖²) + log Z.</summary>
    public double Divergence(ReadOnlySpan<double> positions)
    {
        Place(positions);
        forces.RunAll();
        return affinities.NegativeEntropy + logs.Total() + Math.Log(forces.Normalizer());
    }

    private void Place(ReadOnlySpan<double> positions)
    {
        TensorPrimitives.ConvertTruncating(positions[..affinities.Count], x.AsSpan());
        TensorPrimitives.ConvertTruncating(positions[affinities.Count..], y.AsSpan());
    }
}
