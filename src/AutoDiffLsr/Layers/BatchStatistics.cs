using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>What <see cref="BatchNorm{T}"/> and <see cref="BatchNorm2D{T}"/> learn and remember: a scale and a shift, and running averages of the batches, under PyTorch's names.</summary>
internal sealed class BatchStatistics<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private ulong batches;

    public BatchStatistics(int width, double momentum, double epsilon)
    {
        if (!(momentum > 0 && momentum <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, FormattableString.Invariant($"momentum is {momentum}; it must be in (0, 1]."));
        (Momentum, Epsilon) = (momentum, Setting.Positive<T>(epsilon, nameof(epsilon)));
        Weight = new Parameter<T>("weight", Matrix<T>.Build.Dense(1, width, T.One));
        Bias = new Parameter<T>("bias", Matrix<T>.Build.Dense(1, width));
        RunningMean = Matrix<T>.Build.Dense(1, width);
        RunningVariance = Matrix<T>.Build.Dense(1, width, T.One);
        Parameters = [Weight, Bias];
        Buffers = [new("running_mean", RunningMean), new("running_var", RunningVariance)];
        Counters = [new("num_batches_tracked", () => batches, value => batches = value)];
    }

    public double Momentum { get; }

    public double Epsilon { get; }

    public Parameter<T> Weight { get; }

    public Parameter<T> Bias { get; }

    public Matrix<T> RunningMean { get; }

    public Matrix<T> RunningVariance { get; }

    public IReadOnlyList<Parameter<T>> Parameters { get; }

    public IReadOnlyList<NamedTensor<T>> Buffers { get; }

    public IReadOnlyList<NamedCounter> Counters { get; }

    /// <summary>Takes the statistics of one batch, count numbers each, into the averages; the running variance divides by count - 1.</summary>
    public void Track(Variable<T> mean, Variable<T> variance, int count)
    {
        RunningStatistics.Update<T>(RunningMean.Data(), mean.Value.Data(), Momentum, scale: 1);
        RunningStatistics.Update<T>(RunningVariance.Data(), variance.Value.Data(), Momentum, scale: count / (count - 1.0));
        batches++;
    }
}
