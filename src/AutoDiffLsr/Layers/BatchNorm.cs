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
    private readonly BatchStatistics<T> statistics;

    /// <summary>A layer that starts with scale 1, shift 0, running mean 0 and running variance 1.</summary>
    /// <param name="columns">The columns that it takes and gives.</param>
    /// <param name="momentum">The weight of the latest batch in the running statistics, in (0, 1].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public BatchNorm(int columns, double momentum = 0.1, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        statistics = new BatchStatistics<T>(columns, momentum, epsilon);
    }

    /// <summary>The weight of the latest batch in the running statistics.</summary>
    public double Momentum => statistics.Momentum;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon => statistics.Epsilon;

    /// <summary>The scale, 1 x columns.</summary>
    public Parameter<T> Weight => statistics.Weight;

    /// <summary>The shift, 1 x columns.</summary>
    public Parameter<T> Bias => statistics.Bias;

    /// <summary>The average of the batches' means, 1 x columns. Live.</summary>
    public Matrix<T> RunningMean => statistics.RunningMean;

    /// <summary>The average of the batches' variances, 1 x columns. Live.</summary>
    public Matrix<T> RunningVariance => statistics.RunningVariance;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => statistics.Parameters;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedTensor<T>> Buffers => statistics.Buffers;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedCounter> Counters => statistics.Counters;

    /// <inheritdoc/>
    public override int? InputColumns => Weight.Shape.Columns;

    /// <summary>2: one row has no variance.</summary>
    public override int MinimumTrainingRows => 2;

    /// <inheritdoc/>
    public override string Description => $"BatchNorm {Weight.Shape.Columns}";

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
        statistics.Track(mean, variance, x.Rows);
        return ScaleAndShift(centred / (variance + Epsilon).Sqrt());
    }

    private Variable<T> Evaluated(Variable<T> x)
    {
        Variable<T> mean = x.Tape.Constant(RunningMean), variance = x.Tape.Constant(RunningVariance);
        return ScaleAndShift((x - mean) / (variance + Epsilon).Sqrt());
    }

    private Variable<T> ScaleAndShift(Variable<T> x) => (x * x.Tape.Parameter(Weight)) + x.Tape.Parameter(Bias);
}
