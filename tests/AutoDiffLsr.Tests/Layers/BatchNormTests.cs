using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class BatchNormTests
{
    [Fact]
    public void Training_normalizes_by_the_batch_and_tracks_it()
    {
        BatchNorm<double> layer = new(3);
        layer.Weight.Assign(Matrix<double>.Build.DenseOfArray(new[,] { { 2.0, 0.5, -1.0 } }));
        layer.Bias.Assign(Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.2, 0.3 } }));
        double[] runningMean = new double[3], runningVariance = [1, 1, 1];
        for (int step = 0; step < 4; step++)
        {
            Matrix<double> x = FiniteDifferences.Random(6, 3, seed: step), y = LayerTests.Output(layer, x);
            for (int j = 0; j < 3; j++)
            {
                double[] column = x.Column(j).ToArray();
                double mean = column.Average(), variance = column.PopulationVariance();
                for (int i = 0; i < 6; i++)
                    Assert.Equal(((x[i, j] - mean) / Math.Sqrt(variance + 1e-5) * layer.Weight.Value[0, j]) + layer.Bias.Value[0, j], y[i, j], 1e-13);
                runningMean[j] = (0.9 * runningMean[j]) + (0.1 * mean);
                runningVariance[j] = (0.9 * runningVariance[j]) + (0.1 * column.Variance());
                Assert.Equal(runningMean[j], layer.RunningMean[0, j], 1e-14);
                Assert.Equal(runningVariance[j], layer.RunningVariance[0, j], 1e-14);
            }
        }

        Assert.Equal(4UL, layer.Counters.Single().Value);
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them()
    {
        BatchNorm<double> layer = new(2);
        LayerTests.Output(layer, FiniteDifferences.Random(5, 2, seed: 1));
        layer.UseEvaluationMode();
        Matrix<double> mean = layer.RunningMean.Clone(), variance = layer.RunningVariance.Clone();
        Matrix<double> x = FiniteDifferences.Random(1, 2, seed: 2), y = LayerTests.Output(layer, x);
        for (int j = 0; j < 2; j++)
            Assert.Equal((x[0, j] - mean[0, j]) / Math.Sqrt(variance[0, j] + 1e-5), y[0, j], 1e-14);
        Assert.Equal(mean, layer.RunningMean);
        Assert.Equal(variance, layer.RunningVariance);
    }

    [Fact]
    public void One_row_cannot_be_trained_on()
    {
        BatchNorm<double> layer = new(2);
        using Tape<double> tape = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => layer.Forward(tape.Constant(Matrix<double>.Build.Dense(1, 2))));
        Assert.Contains("at least 2 rows, but x has 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, layer.MinimumTrainingRows);
    }

    [Fact]
    public void The_state_has_the_names_of_PyTorch()
    {
        Sequential<float> model = new(new Dense<float>(3, 2, new RandomSource(1)), new BatchNorm<float>(2));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], model.NamedParameters().Select(named => named.Name));
        Assert.Equal(["1.running_mean", "1.running_var"], model.NamedBuffers().Select(named => named.Name));
        Assert.Equal(["1.num_batches_tracked"], model.NamedCounters().Select(named => named.Name));
    }
}
