using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>Samples, N x F numbers, and what a model is to give for each: labels, or other <see cref="Targets{T}"/>. It does not change once made; every operation gives a new one.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// A sample's features lie side by side in memory. Shuffled mini-batches read whole samples in random order; from a column-major N x F matrix
/// each of the F elements of a sample would be a cache miss.
/// </remarks>
public sealed class Dataset<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] samples;

    /// <summary>A data set of classes over arrays, which are kept and not copied: do not change them afterwards.</summary>
    /// <param name="name">What the data is called in reports.</param>
    /// <param name="samples">N * F finite numbers, sample after sample.</param>
    /// <param name="features">F, at least 1.</param>
    /// <param name="labels">N labels, each in 0..C-1; N is at least 1.</param>
    /// <param name="classNames">C names, C at least 2; by default the numbers 0 up to the largest label.</param>
    /// <param name="featureNames">F names; by default x0, x1, ...</param>
    /// <param name="imageSize">The size of the images that the samples are, if they are images: rows times columns is F.</param>
    /// <exception cref="ArgumentException">Something does not fit: the message says what, where, and what would be right.</exception>
    public Dataset(
        string name,
        T[] samples,
        int features,
        int[] labels,
        IReadOnlyList<string>? classNames = null,
        IReadOnlyList<string>? featureNames = null,
        ImageSize? imageSize = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        DatasetChecks.Sizes(samples?.Length ?? 0, features, labels.Length, imageSize);
        Targets<T> targets = Targets<T>.Labels(labels, classNames);
        (Name, this.samples, Features, Targets, FeatureNames, ImageSize) = Checked(name, samples, features, targets, featureNames, imageSize);
    }

    /// <summary>A data set of any targets over arrays, which are kept and not copied: do not change them afterwards.</summary>
    /// <param name="name">What the data is called in reports.</param>
    /// <param name="samples">N * F finite numbers, sample after sample; N is at least 1.</param>
    /// <param name="features">F, at least 1.</param>
    /// <param name="targets">Those of the N samples.</param>
    /// <param name="featureNames">F names; by default x0, x1, ...</param>
    /// <param name="imageSize">The size of the images that the samples are, if they are images: rows times columns is F.</param>
    /// <exception cref="ArgumentException">Something does not fit: the message says what, where, and what would be right.</exception>
    public Dataset(
        string name, T[] samples, int features, Targets<T> targets, IReadOnlyList<string>? featureNames = null, ImageSize? imageSize = null) =>
        (Name, this.samples, Features, Targets, FeatureNames, ImageSize) = Checked(name, samples, features, targets, featureNames, imageSize);

    /// <summary>What the data is called in reports.</summary>
    public string Name { get; }

    /// <summary>N, the number of samples.</summary>
    public int Count => samples.Length / Features;

    /// <summary>F, the number of features of a sample.</summary>
    public int Features { get; }

    /// <summary>What a model is to give for each sample.</summary>
    public Targets<T> Targets { get; }

    /// <summary>C, the number of classes; a class may be without samples.</summary>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    public int Classes => ClassNames.Count;

    /// <summary>The N labels, each in 0..C-1. The array itself, not a copy: do not change it.</summary>
    /// <exception cref="InvalidOperationException">The targets are no labels.</exception>
    public int[] Labels => Targets.Kind == TargetKind.Labels ? Targets.LabelArray : throw new InvalidOperationException(
        $"'{Name}' has no labels: its targets are {Targets}.");

    /// <summary>The C names of the classes, in the order of their labels.</summary>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    public IReadOnlyList<string> ClassNames => HasClasses ? Targets.Names : throw new InvalidOperationException(
        $"'{Name}' has no classes: its targets are {Targets}.");

    /// <summary>The F names of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The size of the images that the samples are, or null when they are no images.</summary>
    public ImageSize? ImageSize { get; }

    /// <summary>All N * F numbers, sample after sample.</summary>
    public ReadOnlySpan<T> Samples => samples;

    /// <summary>Whether the targets are classes: labels, or distributions over them.</summary>
    internal bool HasClasses => Targets.Kind is TargetKind.Labels or TargetKind.Distributions;

    /// <summary>The columns of the targets: C, K, or F for an autoencoder.</summary>
    internal int TargetColumns => Targets.Kind == TargetKind.Input ? Features : Targets.Columns;

    /// <summary>Whether an output of this width has metrics: as wide as the targets; for classes at least as wide, or one logit for two.</summary>
    internal bool Fits(int outputColumns) =>
        outputColumns == TargetColumns || (Targets.Kind == TargetKind.Labels && (outputColumns > TargetColumns || (outputColumns == 1 && Classes == 2)));

    /// <summary>A data set from a matrix; the matrix and the labels are copied.</summary>
    /// <param name="samples">N x F finite numbers: a sample is a row.</param>
    /// <param name="labels">N labels.</param>
    /// <param name="name">What the data is called in reports.</param>
    /// <param name="classNames">C names; by default the numbers 0 up to the largest label.</param>
    /// <param name="featureNames">F names; by default x0, x1, ...</param>
    /// <param name="imageSize">The size of the images that the samples are, if they are images.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">Something does not fit: the message says what, where, and what would be right.</exception>
    public static Dataset<T> FromMatrix(
        Matrix<T> samples,
        int[] labels,
        string name = "matrix",
        IReadOnlyList<string>? classNames = null,
        IReadOnlyList<string>? featureNames = null,
        ImageSize? imageSize = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (samples.RowCount != labels.Length)
            throw new ArgumentException($"samples has {samples.RowCount} rows, but there are {labels.Length} labels; each row needs one label.", nameof(labels));
        return new(name, samples.ToRowMajorArray(), samples.ColumnCount, [.. labels], classNames, featureNames, imageSize);
    }

    /// <summary>A data set from matrices, for regression; both are copied.</summary>
    /// <param name="samples">N x F finite numbers: a sample is a row.</param>
    /// <param name="targets">N x K finite numbers.</param>
    /// <param name="name">What the data is called in reports.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">Something does not fit: the message says what, where, and what would be right.</exception>
    public static Dataset<T> FromMatrix(Matrix<T> samples, Matrix<T> targets, string name = "matrix") => FromMatrix(samples, Targets<T>.Numbers(targets), name);

    /// <summary>A data set from a matrix, which is copied, and targets of any kind.</summary>
    /// <param name="samples">N x F finite numbers: a sample is a row.</param>
    /// <param name="targets">Those of the N samples.</param>
    /// <param name="name">What the data is called in reports.</param>
    /// <param name="featureNames">F names; by default x0, x1, ...</param>
    /// <param name="imageSize">The size of the images that the samples are, if they are images.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">Something does not fit: the message says what, where, and what would be right.</exception>
    public static Dataset<T> FromMatrix(
        Matrix<T> samples, Targets<T> targets, string name = "matrix", IReadOnlyList<string>? featureNames = null, ImageSize? imageSize = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(name, samples.ToRowMajorArray(), samples.ColumnCount, targets, featureNames, imageSize);
    }

    /// <summary>The features of one sample.</summary>
    /// <param name="index">Which sample, in 0..N-1.</param>
    /// <returns>F numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<T> Sample(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return samples.AsSpan(index * Features, Features);
    }

    /// <summary>The samples as a new dense N x F matrix.</summary>
    /// <returns>The matrix: a sample is a row.</returns>
    public Matrix<T> ToMatrix()
    {
        var values = new T[samples.Length];
        int[] everyRow = [.. Enumerable.Range(0, Count)];
        RowGather.Transpose<T>(samples, Features, everyRow, values);
        return Matrix<T>.Build.Dense(Count, Features, values);
    }

    /// <summary>The chosen samples, in the order given; classes and names stay.</summary>
    /// <param name="indices">Indices in 0..N-1, at least one; a repeated index repeats the sample.</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="ArgumentException">There is no index, or one that no sample has.</exception>
    public Dataset<T> Subset(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
            throw new ArgumentException("indices is empty, but a data set needs at least one sample.", nameof(indices));
        var samples = new T[checked(indices.Length * Features)];
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if ((uint)index >= (uint)Count)
                throw new ArgumentException($"indices[{i}] is {index}, but {Name} has {Count} samples (0..{Count - 1}).", nameof(indices));
            Sample(index).CopyTo(samples.AsSpan(i * Features));
        }

        return new(Name, samples, Features, Targets.Subset(indices), FeatureNames, ImageSize);
    }

    /// <summary>The same samples in random order.</summary>
    /// <param name="seed">The order is a function of this number.</param>
    /// <returns>A new data set.</returns>
    public Dataset<T> Shuffled(long seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new RandomSource(seed).Fork("shuffle").Shuffle(order.AsSpan());
        return Subset(order);
    }

    /// <summary>The same samples with other labels of the same classes.</summary>
    /// <param name="labels">N labels, each in 0..C-1; the array is kept.</param>
    /// <returns>A new data set that shares the samples.</returns>
    /// <exception cref="ArgumentException">The number of labels, or a label, does not fit.</exception>
    public Dataset<T> WithLabels(int[] labels) => new(Name, samples, Features, labels, ClassNames, FeatureNames, ImageSize);

    /// <summary>The same samples with other targets.</summary>
    /// <param name="targets">Those of the N samples; <see cref="Targets{T}.Input"/> for an autoencoder.</param>
    /// <returns>A new data set that shares the samples.</returns>
    /// <exception cref="ArgumentException">The number of targets does not fit.</exception>
    public Dataset<T> WithTargets(Targets<T> targets) => new(Name, samples, Features, targets, FeatureNames, ImageSize);

    /// <summary>The samples of each class that has any, in the order of their labels; all samples as one group where the targets are no labels.</summary>
    internal int[][] Strata()
    {
        IEnumerable<int> all = Enumerable.Range(0, Count);
        return Targets.Kind == TargetKind.Labels
            ? [.. all.GroupBy(i => Labels[i]).OrderBy(group => group.Key).Select(group => group.ToArray())]
            : [[.. all]];
    }

    /// <summary>The same targets with other features.</summary>
    internal Dataset<T> WithSamples(T[] samples) => new(Name, samples, Features, Targets, FeatureNames, ImageSize);

    private static (string Name, T[] Samples, int Features, Targets<T> Targets, IReadOnlyList<string> FeatureNames, ImageSize? ImageSize) Checked(
        string name, T[]? samples, int features, Targets<T> targets, IReadOnlyList<string>? featureNames, ImageSize? imageSize)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        DatasetChecks.Sizes(samples.Length, features, targets.Count ?? (samples.Length / features), imageSize);
        DatasetChecks.FeatureNames(featureNames, features);
        DatasetChecks.Finite<T>(samples, features);
        return (name, samples, features, targets, featureNames ?? Targets<T>.Numbered("x", features), imageSize);
    }
}
