using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// How far the neighbours in a picture are neighbours in truth (Venna and Kaski, "Neighborhood Preservation in Nonlinear Projection Methods", ICANN 2001).
/// </summary>
public static class Trustworthiness
{
    /// <summary>
    /// T(k) = 1 - 2 / (N k (2N - 3k - 1)) · Σ_i Σ_j (rank(i, j) - k), over those j among the k nearest of i in the picture that are not among its k nearest
    /// in truth; rank counts j's place among the true neighbours of i.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">N x features.</param>
    /// <param name="positions">N x 2, or of any width: the picture.</param>
    /// <param name="neighbours">k, at least 1 and below N / 2.</param>
    /// <returns>A number of [0, 1]; 1 is a picture that invents no neighbour.</returns>
    /// <exception cref="ArgumentException">The counts differ, or k is out of range.</exception>
    public static double Of<T>(Matrix<T> samples, Matrix<double> positions, int neighbours)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(positions);
        int n = samples.RowCount;
        if (positions.RowCount != n)
            throw new ArgumentException($"positions has {positions.RowCount} rows, but samples has {n}.", nameof(positions));
        if (neighbours < 1 || 2 * neighbours >= n)
            throw new ArgumentException($"neighbours is {neighbours}, but must be at least 1 and below half of the {n} samples.", nameof(neighbours));
        SquaredDistances truth = SquaredDistances.Of(samples), picture = SquaredDistances.Of(positions);
        double[] near = new double[n], shown = new double[n];
        int[] order = new int[n], rank = new int[n];
        double penalty = 0;
        for (int i = 0; i < n; i++)
        {
            truth.From(i, near);
            Rank(near, i, order);
            for (int place = 0; place < n; place++)
                rank[order[place]] = place;
            picture.From(i, shown);
            Rank(shown, i, order);
            for (int place = 1; place <= neighbours; place++)
                penalty += Math.Max(0, rank[order[place]] - neighbours);
        }

        return 1 - (penalty * 2 / ((double)n * neighbours * ((2 * n) - (3 * neighbours) - 1)));
    }

    /// <summary>The indices by distance, the point itself first. Changes the distances.</summary>
    private static void Rank(double[] distances, int self, int[] order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        distances[self] = double.NegativeInfinity;
        Array.Sort(distances, order);
    }
}
