using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// t-SNE's P: p_ij = (p_j|i + p_i|j) / 2N, where p_j|i is a Gaussian around sample i whose width gives it the wanted perplexity exp H(p_·|i).
/// All pairs, in float: N² numbers.
/// </summary>
internal sealed class PairAffinities
{
    private const int BlockRows = 128;

    private readonly float[] values;

    private PairAffinities(int count) => (Count, values) = (count, new float[(long)count * count]);

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>Σ p log p, in nats.</summary>
    public double NegativeEntropy { get; private set; }

    /// <summary>The affinities of the rows of a matrix.</summary>
    public static PairAffinities Of<T>(Matrix<T> samples, double perplexity)
        where T : struct, IFloatingPointIeee754<T>
    {
        PairAffinities affinities = new(samples.RowCount);
        affinities.Condition(SquaredDistances.Of(samples), Math.Log(perplexity));
        affinities.MakeSymmetric();
        return affinities;
    }

    /// <summary>p_i·, N numbers, 0 for i itself.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * Count, Count);

    private void Condition(SquaredDistances distances, double entropy)
    {
        PerplexitySearch search = new(values, Count, entropy, BlockRows);
        for (int start = 0; start < Count; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, Count - start);
            for (int row = 0; row < rows; row++)
                distances.From(start + row, search.DistancesOf(row));
            search.RunBlock(start, rows);
        }
    }

    private void MakeSymmetric()
    {
        double scale = 1.0 / (2.0 * Count), sum = 0;
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                ref float upper = ref values[(j * Count) + i], lower = ref values[(i * Count) + j];
                double p = scale * ((double)upper + lower);
                upper = lower = (float)p;
                if (p > 0)
                    sum += 2 * p * Math.Log(p);
            }
        }

        NegativeEntropy = sum;
    }
}
