using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>
/// Moves and scales each feature to mean 0 and deviation 1: y = (x - mean) / scale. Fit it on the training part only; what is learnt from the
/// test part would leak into training.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Standardization<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] mean;
    private readonly T[] scale;

    /// <summary>A standardization with known numbers, such as those read from a file.</summary>
    /// <param name="mean">What is subtracted from each of the F features: finite.</param>
    /// <param name="scale">What each of the F features is then divided by: finite and above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not as said.</exception>
    public Standardization(ReadOnlySpan<T> mean, ReadOnlySpan<T> scale)
    {
        if (mean.Length != scale.Length)
            throw new ArgumentException($"mean has {mean.Length} numbers, scale has {scale.Length}; both need one for each feature.", nameof(scale));
        for (int i = 0; i < mean.Length; i++)
        {
            if (!T.IsFinite(mean[i]))
                throw new ArgumentException($"mean[{i}] is {mean[i]}, but must be finite.", nameof(mean));
            if (!T.IsFinite(scale[i]) || scale[i] <= T.Zero)
                throw new ArgumentException($"scale[{i}] is {scale[i]}, but must be finite and above 0.", nameof(scale));
        }

        this.mean = mean.ToArray();
        this.scale = scale.ToArray();
    }

    /// <summary>What is subtracted from each of the F features.</summary>
    public ReadOnlySpan<T> Mean => mean;

    /// <summary>What each of the F features is then divided by.</summary>
    public ReadOnlySpan<T> Scale => scale;

    /// <summary>
    /// The mean and the deviation √(Σ (x - mean)² / N) of each feature. A constant feature keeps its scale (it is only moved to 0).
    /// </summary>
    /// <param name="train">The training part.</param>
    /// <returns>The standardization.</returns>
    /// <exception cref="DataException">A feature's numbers spread too widely, or too little, for <typeparamref name="T"/>.</exception>
    public static Standardization<T> Fit(Dataset<T> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var moments = FeatureMoments.Of(train);
        var mean = new T[train.Features];
        var scale = new T[train.Features];
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = T.CreateSaturating(moments.Mean[i]);
            scale[i] = moments.IsConstant(i) ? T.One : T.CreateSaturating(moments.Deviation[i]);
            if (!T.IsFinite(mean[i]) || !T.IsFinite(scale[i]) || !T.IsNormal(scale[i]))
                throw Unsuitable(train, i, moments);
        }

        return new(mean, scale);
    }

    /// <summary>The mean and the deviation of each channel of images, over all samples and all pixels: the same numbers for every pixel of a channel.</summary>
    /// <param name="train">The training part, of images.</param>
    /// <returns>The standardization.</returns>
    /// <exception cref="ArgumentException">The data set has no images.</exception>
    public static Standardization<T> FitChannels(Dataset<T> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.ImageSize is not { } size)
            throw new ArgumentException($"{train.Name} has no images, so it has no channels.", nameof(train));
        int pixels = (int)size.Pixels;
        T[] mean = new T[train.Features], scale = new T[train.Features];
        for (int channel = 0; channel < size.Channels; channel++)
        {
            (double average, double deviation) = MomentsOf(train, channel * pixels, pixels);
            mean.AsSpan(channel * pixels, pixels).Fill(T.CreateSaturating(average));
            scale.AsSpan(channel * pixels, pixels).Fill(deviation > 0 ? T.CreateSaturating(deviation) : T.One);
        }

        return new(mean, scale);
    }

    /// <summary>The data set with every sample standardized.</summary>
    /// <param name="dataset">A data set of F features.</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="ArgumentException">The data set has another number of features.</exception>
    /// <exception cref="DataException">A feature lies so far from the mean that the result is not a finite number.</exception>
    public Dataset<T> Apply(Dataset<T> dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        T[] samples = dataset.Samples.ToArray();
        for (int i = 0; i < dataset.Count; i++)
        {
            Span<T> sample = samples.AsSpan(i * dataset.Features, dataset.Features);
            Apply(sample);
            int overflow = DatasetChecks.IndexOfNonFinite<T>(sample);
            if (overflow >= 0)
            {
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dataset.Name}: feature {OneLine.Quote(dataset.FeatureNames[overflow])} of sample {i} is {dataset.Sample(i)[overflow]}, too far from the training mean {mean[overflow]} to be standardized with scale {scale[overflow]}"));
            }
        }

        return dataset.WithSamples(samples);
    }

    /// <summary>Standardizes one sample in place.</summary>
    /// <param name="sample">F numbers.</param>
    /// <exception cref="ArgumentException">The sample has another number of features.</exception>
    public void Apply(Span<T> sample)
    {
        if (sample.Length != mean.Length)
            throw new ArgumentException($"sample has {sample.Length} features, but the standardization was fitted on {mean.Length}.", nameof(sample));
        for (int i = 0; i < sample.Length; i++)
            sample[i] = (sample[i] - mean[i]) / scale[i];
    }

    // Two passes, so that nothing cancels.
    private static (double Mean, double Deviation) MomentsOf(Dataset<T> data, int start, int count)
    {
        double sum = 0, squares = 0, numbers = (double)count * data.Count;
        for (int i = 0; i < data.Count; i++)
            sum += Reductions.Sum(data.Sample(i).Slice(start, count));
        double mean = sum / numbers;
        for (int i = 0; i < data.Count; i++)
        {
            foreach (T value in data.Sample(i).Slice(start, count))
                squares += (double.CreateTruncating(value) - mean) * (double.CreateTruncating(value) - mean);
        }

        return (mean, Math.Sqrt(squares / numbers));
    }

    private static DataException Unsuitable(Dataset<T> train, int feature, FeatureMoments moments) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"{train.Name}: feature {OneLine.Quote(train.FeatureNames[feature])} runs from {moments.Minimum[feature]} to {moments.Maximum[feature]}, which cannot be standardized in {typeof(T).Name}: rescale it first"));
}
