using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>
/// Each column to mean 0 and variance 1 over the batch, then a learned scale and shift: y = (x - mean) / √(variance + epsilon)·weight + bias
/// (Ioffe and Szegedy 2015, arXiv 1502.03167). Evaluation uses averages of the batches seen in training instead of the batch.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>As PyTorch's <c>BatchNorm1d</c>: the batch variance divides by N, the running variance takes that of N - 1.</remarks>
public sealed class BatchNorm<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly int columns;
    private ulong batches;

    /// <summary>A layer that starts with scale 1, shift 0, running mean 0 and running variance 1.</summary>
    /// <param name="columns">The columns that it takes and gives.</param>
    /// <param name="momentum">The weight of the latest batch in the running statistics, in (0, 1].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public BatchNorm(int columns, double momentum = 0.1, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (!(momentum > 0 && momentum <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, FormattableString.Invariant($"momentum is {momentum}; it must be in (0, 1]."));
        (this.columns, Momentum, Epsilon) = (columns, momentum, Setting.Positive<T>(epsilon, nameof(epsilon)));
        Weight = new Parameter<T>("weight", Matrix<T>.Build.Dense(1, columns, T.One));
        Bias = new Parameter<T>("bias", Matrix<T>.Build.Dense(1, columns));
        RunningMean = Matrix<T>.Build.Dense(1, columns);
        RunningVariance = Matrix<T>.Build.Dense(1, columns, T.One);
        Parameters = [Weight, Bias];
        Buffers = [new("running_mean", RunningMean), new("running_var", RunningVariance)];
        Counters = [new("num_batches_tracked", () => batches, value => batches = value)];
    }

    /// <summary>The weight of the latest batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The scale, 1 x columns.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The shift, 1 x columns.</summary>
    public Parameter<T> Bias { get; }

    /// <summary>The average of the batches' means, 1 x columns. Live.</summary>
    public Matrix<T> RunningMean { get; }

    /// <summary>The average of the batches' variances, 1 x columns. Live.</summary>
    public Matrix<T> RunningVariance { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedTensor<T>> Buffers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedCounter> Counters { get; }

    /// <inheritdoc/>
    public override int? InputColumns => columns;

    /// <summary>2: one row has no variance.</summary>
    public override int MinimumTrainingRows => 2;

    /// <inheritdoc/>
    public override string Description => $"BatchNorm {columns}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has another number of columns, or one row in training mode.</exception>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        return IsTraining ? Normalize(x) : Evaluated(x);
    }

    private Variable<T> Normalize(Variable<T> x)
    {
        if (x.Rows < MinimumTrainingRows)
            throw new ArgumentException($"{Description} in training mode needs a batch of at least 2 rows, but x has {x.Rows}; choose a batch size that leaves no single row over.", nameof(x));
        Variable<T> mean = x.MeanOverRows();
        Variable<T> centred = x - mean;
        Variable<T> variance = centred.Square().MeanOverRows();
        Track(mean, variance, x.Rows);
        return ScaleAndShift(centred / (variance + Epsilon).Sqrt());
    }

    private Variable<T> Evaluated(Variable<T> x)
    {
        Variable<T> mean = x.Tape.Constant(RunningMean), variance = x.Tape.Constant(RunningVariance);
        return ScaleAndShift((x - mean) / (variance + Epsilon).Sqrt());
    }

    private Variable<T> ScaleAndShift(Variable<T> x) => (x * x.Tape.Parameter(Weight)) + x.Tape.Parameter(Bias);

    private void Track(Variable<T> mean, Variable<T> variance, int rows)
    {
        RunningStatistics.Update<T>(RunningMean.Data(), mean.Value.Data(), Momentum, scale: 1);
        RunningStatistics.Update<T>(RunningVariance.Data(), variance.Value.Data(), Momentum, scale: rows / (rows - 1.0));
        batches++;
    }
}
