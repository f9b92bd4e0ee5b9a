using System.Numerics.Tensors;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>Gradient descent with momentum and a gain for each coordinate (Jacobs' delta-bar-delta), as the paper has it.</summary>
internal sealed class TSneDescent
{
    private const double StartDeviation = 1e-4;
    private const double EarlyMomentum = 0.5, LateMomentum = 0.8;
    private const double GainIncrease = 0.2, GainDecrease = 0.8, LeastGain = 0.01;

    private readonly PairAffinities affinities;
    private readonly PairForces forces;
    private readonly TSneOptions options;
    private readonly double learningRate;
    private readonly double[] positions, velocity, gains, best;
    private double bestDivergence = double.PositiveInfinity;
    private int bestIteration;
    private int notedAt = -1;
    private double noted;

    /// <summary>Starts from a small random cloud.</summary>
    public TSneDescent(PairAffinities affinities, TSneOptions options)
    {
        (this.affinities, this.options) = (affinities, options);
        int coordinates = 2 * affinities.Count;
        forces = new PairForces(affinities);
        learningRate = options.LearningRate ?? Math.Max(affinities.Count / options.EarlyExaggeration / 4, 50);
        positions = new double[coordinates];
        velocity = new double[coordinates];
        gains = new double[coordinates];
        best = new double[coordinates];
        Array.Fill(gains, 1);
        RandomSource random = new RandomSource(options.Seed).Fork("t-SNE");
        for (int i = 0; i < coordinates; i++)
            positions[i] = StartDeviation * random.NextNormal();
    }

    /// <summary>Steps taken.</summary>
    public int Iteration { get; private set; }

    private bool IsExaggerated => Iteration < options.ExaggeratedIterations;

    /// <summary>One step: x of all points, then y of all points.</summary>
    public void Step()
    {
        double exaggeration = IsExaggerated ? options.EarlyExaggeration : 1, momentum = IsExaggerated ? EarlyMomentum : LateMomentum;
        ReadOnlySpan<double> gradient = forces.Gradient(positions, exaggeration);
        for (int i = 0; i < positions.Length; i++)
        {
            bool turned = velocity[i] * gradient[i] < 0; // descent goes on in the same direction
            gains[i] = Math.Max(LeastGain, turned ? gains[i] + GainIncrease : gains[i] * GainDecrease);
            velocity[i] = (momentum * velocity[i]) - (learningRate * gains[i] * gradient[i]);
            positions[i] += velocity[i];
        }

        Centre(positions.AsSpan(0, affinities.Count));
        Centre(positions.AsSpan(affinities.Count));
        Iteration++;
    }

    /// <summary>Looks at the divergence now, and keeps the picture if it is the best. Pictures of the exaggerated time stand back behind later ones.</summary>
    public double Note()
    {
        if (notedAt == Iteration)
            return noted;
        (notedAt, noted) = (Iteration, forces.Divergence(positions));
        bool firstTrueOne = bestIteration <= options.ExaggeratedIterations && Iteration > options.ExaggeratedIterations;
        if (noted < bestDivergence || firstTrueOne)
        {
            (bestDivergence, bestIteration) = (noted, Iteration);
            positions.CopyTo(best, 0);
        }

        return noted;
    }

    /// <summary>The best picture that was noted.</summary>
    public TSneResult Best(bool wasCancelled) =>
        new(Matrix<double>.Build.Dense(affinities.Count, 2, (double[])best.Clone()), bestDivergence, bestIteration, wasCancelled);

    private static void Centre(Span<double> coordinates)
    {
        double mean = TensorPrimitives.Sum<double>(coordinates) / coordinates.Length;
        foreach (ref double coordinate in coordinates)
            coordinate -= mean;
    }
}
