using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

public sealed class DropoutTests
{
    [Fact]
    public void Entries_are_zero_at_the_rate_and_scaled_otherwise()
    {
        const int count = 100_000;
        Matrix<double> y = LayerTests.Output(new Dropout<double>(0.3, seed: 5), Matrix<double>.Build.Dense(count, 1, 2.0));
        double[] values = y.ToColumnMajorArray();
        Assert.All(values, value => Assert.True(value == 0 || value == 2.0 * (1 / 0.7), $"{value:R}"));

        // Five standard errors of a share.
        Assert.InRange(values.Count(value => value == 0) / (double)count, 0.3 - (5 * Math.Sqrt(0.21 / count)), 0.3 + (5 * Math.Sqrt(0.21 / count)));
    }

    [Fact]
    public void Masks_differ_from_step_to_step_and_repeat_from_a_saved_state()
    {
        Dropout<double> layer = new(0.5, seed: 5);
        Matrix<double> x = FiniteDifferences.Random(10, 10, seed: 1);
        NamedCounter state = layer.Counters.Single();
        ulong start = state.Value;
        Matrix<double> first = LayerTests.Output(layer, x), second = LayerTests.Output(layer, x);
        Assert.NotEqual(first, second);
        state.Value = start;
        Assert.Equal(first, LayerTests.Output(layer, x));
        Assert.Equal(second, LayerTests.Output(layer, x));
    }

    [Fact]
    public void The_gradient_has_the_mask_of_the_forward_pass_at_both_orders()
    {
        RandomSource random = new(3);
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(FiniteDifferences.Random(4, 6, seed: 1));
        Variable<double> dropped = x.Dropout(0.5, random);
        Variable<double> gradient = tape.Gradient(dropped.Square().Sum(), x, createGraph: true);
        Variable<double> second = tape.Gradient(gradient.Sum(), x);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                double mask = dropped.Value[i, j] == 0 ? 0 : 2;
                Assert.Equal(2 * mask * mask * x.Value[i, j], gradient.Value[i, j], 1e-14);
                Assert.Equal(2 * mask * mask, second.Value[i, j], 1e-14);
            }
        }
    }

    [Fact]
    public void In_evaluation_the_input_passes()
    {
        Dropout<double> layer = new(0.5, seed: 5);
        layer.UseEvaluationMode();
        Matrix<double> x = FiniteDifferences.Random(3, 3, seed: 1);
        Assert.Equal(x, LayerTests.Output(layer, x));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_rate_outside_zero_to_one_is_refused(double rate) =>
        Assert.Contains("must be in [0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout<float>(rate, seed: 1)).Message, StringComparison.Ordinal);
}
