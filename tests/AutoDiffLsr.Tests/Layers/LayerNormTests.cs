using AutoDiffLsr.Layers;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class LayerNormTests
{
    [Fact]
    public void Each_row_is_normalized_on_its_own()
    {
        LayerNorm<double> layer = new(5, epsilon: 1e-3);
        layer.Weight.Assign(FiniteDifferences.Random(1, 5, seed: 1));
        layer.Bias.Assign(FiniteDifferences.Random(1, 5, seed: 2));
        Matrix<double> x = FiniteDifferences.Random(3, 5, seed: 3), y = LayerTests.Output(layer, x);
        for (int i = 0; i < 3; i++)
        {
            double[] row = x.Row(i).ToArray();
            for (int j = 0; j < 5; j++)
            {
                double expected = ((x[i, j] - row.Average()) / Math.Sqrt(row.PopulationVariance() + 1e-3) * layer.Weight.Value[0, j]) + layer.Bias.Value[0, j];
                Assert.Equal(expected, y[i, j], 1e-13);
            }
        }
    }
}
