using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class DenseTests
{
    [Fact]
    public void Output_is_X_W_plus_b()
    {
        Dense<double> layer = new(3, 2, new RandomSource(1));
        Matrix<double> x = FiniteDifferences.Random(4, 3, seed: 2), y = LayerTests.Output(layer, x);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                double sum = layer.Bias!.Value[0, j];
                for (int k = 0; k < 3; k++)
                    sum += x[i, k] * layer.Weight.Value[k, j];
                Assert.Equal(sum, y[i, j], 1e-14);
            }
        }
    }

    [Fact]
    public void By_default_weights_and_bias_are_uniform_in_one_over_the_root_of_the_inputs()
    {
        Dense<double> layer = new(400, 300, new RandomSource(1));
        double bound = 1 / Math.Sqrt(400);
        double[] weights = layer.Weight.Value.ToColumnMajorArray(), bias = layer.Bias!.Value.ToColumnMajorArray();
        Assert.InRange(weights.Max(), 0.999 * bound, bound);
        Assert.InRange(weights.Min(), -bound, -0.999 * bound);
        Assert.InRange(bias.Max(), 0.9 * bound, bound);

        // The mean of n uniform draws has the standard deviation bound / sqrt(3 n); five of them.
        Assert.InRange(Math.Abs(weights.Average()), 0, 5 * bound / Math.Sqrt(3.0 * weights.Length));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_float_ones_are_the_double_ones_rounded()
    {
        Dense<double> one = new(5, 4, new RandomSource(9)), same = new(5, 4, new RandomSource(9)), other = new(5, 4, new RandomSource(10));
        Dense<float> single = new(5, 4, new RandomSource(9));
        Assert.Equal(one.Weight.Value, same.Weight.Value);
        Assert.NotEqual(one.Weight.Value, other.Weight.Value);
        Assert.Equal(one.Weight.Value.ToColumnMajorArray().Select(value => (float)value), single.Weight.Value.ToColumnMajorArray());
    }

    [Fact]
    public void With_an_initializer_the_bias_starts_at_zero()
    {
        Dense<double> layer = new(5, 4, new RandomSource(9), initializer: Initializer.KaimingNormal());
        Assert.Equal(Matrix<double>.Build.Dense(1, 4), layer.Bias!.Value);
        Assert.NotEqual(Matrix<double>.Build.Dense(5, 4), layer.Weight.Value);
    }

    [Fact]
    public void A_wrong_width_is_refused_with_the_layer_and_both_widths()
    {
        Dense<double> layer = new(784, 10, new RandomSource(1));
        using Tape<double> tape = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => layer.Forward(tape.Constant(Matrix<double>.Build.Dense(2, 783))));
        Assert.StartsWith("Dense 784 -> 10 takes 784 columns, but its input has 783.", error.Message, StringComparison.Ordinal);
    }
}
