using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>
/// Each channel of images to mean 0 and variance 1 over the batch and all pixels, then a learned scale and shift a channel, as PyTorch's <c>BatchNorm2d</c>:
/// y = (x - mean) / √(variance + epsilon)·weight + bias. Evaluation uses averages of the batches seen in training instead of the batch.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BatchNorm2D<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly BatchStatistics<T> statistics;
    private readonly ImageShape image;

    /// <summary>A layer that starts with scale 1, shift 0, running mean 0 and running variance 1.</summary>
    /// <param name="image">The images that it takes and gives, C x H x W.</param>
    /// <param name="momentum">The weight of the latest batch in the running statistics, in (0, 1].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public BatchNorm2D(ImageShape image, double momentum = 0.1, double epsilon = 1e-5)
    {
        this.image = image.Checked(nameof(image));
        statistics = new BatchStatistics<T>(image.Channels, momentum, epsilon);
    }

    /// <summary>The weight of the latest batch in the running statistics.</summary>
    public double Momentum => statistics.Momentum;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon => statistics.Epsilon;

    /// <summary>The scale, 1 x C.</summary>
    public Parameter<T> Weight => statistics.Weight;

    /// <summary>The shift, 1 x C.</summary>
    public Parameter<T> Bias => statistics.Bias;

    /// <summary>The average of the batches' means, 1 x C. Live.</summary>
    public Matrix<T> RunningMean => statistics.RunningMean;

    /// <summary>The average of the batches' variances, 1 x C. Live.</summary>
    public Matrix<T> RunningVariance => statistics.RunningVariance;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => statistics.Parameters;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedTensor<T>> Buffers => statistics.Buffers;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedCounter> Counters => statistics.Counters;

    /// <inheritdoc/>
    public override ImageShape? InputImage => image;

    /// <inheritdoc/>
    public override int? InputColumns => image.Columns;

    /// <summary>2 where an image is a single pixel: one number has no variance.</summary>
    public override int MinimumTrainingRows => image.Pixels == 1 ? 2 : 1;

    /// <inheritdoc/>
    public override string Description => $"BatchNorm2D {image}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has another number of columns, or too few rows in training mode.</exception>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        return IsTraining ? Normalize(x) : Evaluated(x);
    }

    private Variable<T> Normalize(Variable<T> x)
    {
        if (x.Rows < MinimumTrainingRows)
            throw new ArgumentException($"{Description} in training mode needs a batch of at least 2 rows, but x has {x.Rows}.", nameof(x));
        int count = x.Rows * image.Pixels;
        Variable<T> mean = x.SumOverPixels(image) / count;
        Variable<T> centred = x - mean.RepeatOverPixels(x.Rows, image);
        Variable<T> variance = centred.Square().SumOverPixels(image) / count;
        statistics.Track(mean, variance, count);
        return ScaleAndShift(centred, variance);
    }

    private Variable<T> Evaluated(Variable<T> x)
    {
        Variable<T> mean = x.Tape.Constant(RunningMean), variance = x.Tape.Constant(RunningVariance);
        return ScaleAndShift(x - mean.RepeatOverPixels(x.Rows, image), variance);
    }

    // The few numbers of a channel are combined before they are repeated over its pixels.
    private Variable<T> ScaleAndShift(Variable<T> centred, Variable<T> variance)
    {
        Variable<T> scale = centred.Tape.Parameter(Weight) / (variance + Epsilon).Sqrt(), shift = centred.Tape.Parameter(Bias);
        return (centred * scale.RepeatOverPixels(centred.Rows, image)) + shift.RepeatOverPixels(centred.Rows, image);
    }
}
