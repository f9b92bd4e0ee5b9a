using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Formats;

/// <summary>
/// A trained classifier with all that it needs to be used: layers, standardization, names. It predicts from many threads at once, and without
/// allocating once each thread has predicted.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Model<T> : Model
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly PredictionPool<T> pool;

    /// <summary>A model of trained layers, which it keeps and switches to evaluation mode. Do not train them while it predicts.</summary>
    /// <param name="standardization">What was applied to the training data; samples to predict are given as they come, and it is applied to them.</param>
    /// <param name="info">Names, image size and settings.</param>
    /// <exception cref="ArgumentException">The number of features is unknown, or something does not fit.</exception>
    public Model(Layer<T> layers, Standardization<T>? standardization = null, ModelInfo? info = null)
        : base(info ?? new(), CountFeatures(layers, standardization, info), CountClasses(layers, standardization, info))
    {
        (Layers, Standardization) = (layers, standardization);
        if (standardization is not null && standardization.Mean.Length != Features)
            throw new ArgumentException($"The standardization is for {standardization.Mean.Length} features, but the layers take {Features} columns.", nameof(standardization));
        if (Classes != 1 || Info.ClassNames.Count != 2)
            RequireCount(Info.ClassNames.Count, Classes, "class names", "classes");
        RequireCount(Info.FeatureNames.Count, Features, "feature names", "features");
        if (Info.ImageSize is { } size && size.Features != Features)
            throw new ArgumentException($"The image size is {size}, but there are {Features} features.", nameof(info));
        layers.UseEvaluationMode();
        pool = new(layers, standardization, Features);
    }

    /// <summary>The layers, in evaluation mode.</summary>
    public Layer<T> Layers { get; }

    /// <summary>What is applied to a sample before the layers; null for nothing.</summary>
    public Standardization<T>? Standardization { get; }

    /// <inheritdoc/>
    public override bool EndsInSigmoid => Layers is Sigmoid<T> || (Layers is Sequential<T> { Count: > 0 } layers && layers[^1] is Sigmoid<T>);

    /// <inheritdoc/>
    public override void Save(string path)
    {
        SafetensorsWriter writer = new();
        ModelMetadata.Write(this, writer.Metadata);
        new LayerState<T>(Layers).AddTo(writer);
        writer.Save(path);
    }

    /// <summary>The label of one sample: the class of the largest output, the first of equals.</summary>
    /// <param name="sample">F features.</param>
    /// <returns>The label, in 0..C-1.</returns>
    /// <exception cref="ArgumentException">There are not F features.</exception>
    public int Predict(ReadOnlySpan<T> sample)
    {
        int label = 0;
        Predict(sample, new Span<int>(ref label));
        return label;
    }

    /// <summary>The labels of samples.</summary>
    /// <param name="samples">N * F features, sample after sample.</param>
    /// <param name="labels">Where the N labels go.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Predict(ReadOnlySpan<T> samples, Span<int> labels) => pool.Run(samples, labels, [], Output.Labels, Classes);

    /// <summary>The outputs of the layers, such as logits.</summary>
    /// <param name="samples">N * F features, sample after sample.</param>
    /// <param name="outputs">Where the N * C outputs go, sample after sample.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Outputs(ReadOnlySpan<T> samples, Span<T> outputs) => pool.Run(samples, [], outputs, Output.Logits, Classes);

    /// <summary>The softmax of the outputs: the probability of each class, for a model trained on logits.</summary>
    /// <param name="samples">N * F features, sample after sample.</param>
    /// <param name="probabilities">Where the N * C probabilities go, sample after sample.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Probabilities(ReadOnlySpan<T> samples, Span<T> probabilities) => pool.Run(samples, [], probabilities, Output.Probabilities, Classes);

    /// <summary>The labels of samples.</summary>
    /// <param name="samples">N x F: a sample is a row.</param>
    /// <returns>N labels.</returns>
    /// <exception cref="ArgumentException">There are not F columns.</exception>
    public int[] Predict(Matrix<T> samples)
    {
        int[] labels = new int[RowsOf(samples)];
        Predict(samples.ToRowMajorArray(), labels);
        return labels;
    }

    /// <summary>The probability of each class, for a model trained on logits.</summary>
    /// <param name="samples">N x F: a sample is a row.</param>
    /// <returns>N x C.</returns>
    /// <exception cref="ArgumentException">There are not F columns.</exception>
    public Matrix<T> Probabilities(Matrix<T> samples)
    {
        T[] probabilities = new T[RowsOf(samples) * Classes];
        Probabilities(samples.ToRowMajorArray(), probabilities);
        return Matrix<T>.Build.DenseOfRowMajor(samples.RowCount, Classes, probabilities);
    }

    private int RowsOf(Matrix<T> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.ColumnCount == Features ? samples.RowCount : throw new ArgumentException(
            $"samples has {samples.ColumnCount} columns, but the model takes {Features} features.", nameof(samples));
    }

    private static int CountFeatures(Layer<T> layers, Standardization<T>? standardization, ModelInfo? info)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.InputColumns ?? standardization?.Mean.Length ?? (info is { FeatureNames.Count: > 0 } ? info.FeatureNames.Count : throw new ArgumentException(
            "The layers take any number of columns, so the number of features is unknown: give a standardization or feature names.", nameof(layers)));
    }

    private static int CountClasses(Layer<T> layers, Standardization<T>? standardization, ModelInfo? info) =>
        layers.OutputColumns(CountFeatures(layers, standardization, info));

    private static void RequireCount(int names, int expected, string kind, string what)
    {
        if (names > 0 && names != expected)
            throw new ArgumentException($"There are {names} {kind}, but the model has {expected} {what}.");
    }
}
