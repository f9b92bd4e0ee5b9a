using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>What <see cref="TSne"/> does not take.</summary>
internal static class TSneChecks
{
    private const int FewestSamples = 4;

    public static void Require<T>(Matrix<T> samples, TSneOptions options)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (samples.RowCount < FewestSamples)
            throw new ArgumentException($"t-SNE needs at least {FewestSamples} samples, but samples has {samples.RowCount} rows.", nameof(samples));
        if (!(options.Perplexity > 1 && options.Perplexity < samples.RowCount))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The perplexity is {options.Perplexity}, but must be above 1 and below the number of samples, {samples.RowCount}."), nameof(options));
        }

        if (options.Iterations < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Iterations, "Iterations must be at least 1.");
        if (options.ExaggeratedIterations < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.ExaggeratedIterations, "ExaggeratedIterations must be 0 or more.");
        if (!(options.EarlyExaggeration >= 1 && double.IsFinite(options.EarlyExaggeration)))
            throw new ArgumentOutOfRangeException(nameof(options), options.EarlyExaggeration, "EarlyExaggeration must be finite and at least 1.");
        if (options.LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(nameof(options), rate, "LearningRate must be finite and above 0.");
        T[] data = samples.ToColumnMajorArray();
        int wrong = Array.FindIndex(data, value => !T.IsFinite(value));
        if (wrong >= 0)
            throw new ArgumentException($"samples[{wrong % samples.RowCount}, {wrong / samples.RowCount}] is {data[wrong]}, but must be finite.", nameof(samples));
    }
}
