using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>Some samples of a data set and their targets, ready for a net. The next batch overwrites it: copy what must stay.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Batch<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] features;
    private readonly int[] labels;
    private readonly Matrix<T>? targets;
    private Matrix<T>? indicators;
    private bool hasIndicators;
    private T[] changed = [];
    private int[] places = [];

    internal Batch(Dataset<T> dataset, int count)
    {
        Dataset = dataset;
        features = AlignedMemory.Allocate<T>(checked(count * dataset.Features));
        Features = Matrix<T>.Build.Dense(count, dataset.Features, features);
        Indices = new int[count];
        labels = new int[dataset.Targets.Kind == TargetKind.Labels ? count : 0];
        targets = dataset.Targets.Kind switch
        {
            TargetKind.Labels => null,
            TargetKind.Input => Features,
            _ => Matrix<T>.Build.Dense(count, dataset.Targets.Columns, AlignedMemory.Allocate<T>(checked(count * dataset.Targets.Columns))),
        };
    }

    /// <summary>What the samples are from.</summary>
    public Dataset<T> Dataset { get; }

    /// <summary>B, the number of samples.</summary>
    public int Count => Indices.Length;

    /// <summary>The samples, dense B x F: a sample is a row.</summary>
    public Matrix<T> Features { get; }

    /// <summary>The B labels.</summary>
    /// <exception cref="InvalidOperationException">The targets are no labels.</exception>
    public int[] Labels => HasLabels ? labels : throw new InvalidOperationException(
        $"'{Dataset.Name}' has no labels: its targets are {Dataset.Targets}. Use Targets.");

    /// <summary>The targets, dense B x K: the numbers, distributions or binary labels, the samples themselves, or one-hot labels (B x C).</summary>
    public Matrix<T> Targets => targets ?? Indicators(Dataset.Targets.Columns);

    /// <summary>Where the B samples stand in the data set.</summary>
    public int[] Indices { get; }

    /// <summary>Whether the targets are labels.</summary>
    internal bool HasLabels => Dataset.Targets.Kind == TargetKind.Labels;

    internal void Fill(ReadOnlySpan<int> indices)
    {
        indices.CopyTo(Indices);
        hasIndicators = false;
        RowGather.Transpose(Dataset.Samples, Dataset.Features, indices, features);
        if (HasLabels)
        {
            for (int i = 0; i < labels.Length; i++)
                labels[i] = Dataset.Targets.LabelArray[indices[i]];
        }
        else if (Dataset.Targets.Kind != TargetKind.Input)
        {
            RowGather.Transpose(Dataset.Targets.Values, Dataset.Targets.Columns, indices, targets!.Data());
        }
    }

    /// <summary>The targets for a model that gives this many columns: two classes are one column of 0 and 1 for a model of one logit.</summary>
    internal Matrix<T> TargetsFor(int columns) => targets ?? Indicators(columns);

    /// <summary>Labels as numbers: B x 1 of 0 and 1, or one-hot B x C. Made when somebody asks, at most once a batch.</summary>
    private Matrix<T> Indicators(int columns)
    {
        if (hasIndicators && indicators!.ColumnCount == columns)
            return indicators;
        if (indicators?.ColumnCount != columns)
            indicators = Matrix<T>.Build.Dense(Count, columns);
        T[] data = indicators.Data();
        data.AsSpan().Clear();
        for (int row = 0; row < labels.Length; row++)
        {
            if (columns == 1)
                data[row] = T.CreateTruncating(labels[row]);
            else
                data[(labels[row] * labels.Length) + row] = T.One;
        }

        hasIndicators = true;
        return indicators;
    }

    /// <summary>Changes each of the images that the batch was filled with.</summary>
    internal void Augment(ImageAugmentation augmentation, ulong state)
    {
        if (places.Length == 0)
            (changed, places) = (new T[features.Length], [.. Enumerable.Range(0, Count)]);
        for (int i = 0; i < places.Length; i++)
            augmentation.Apply(Dataset.Sample(Indices[i]), changed.AsSpan(i * Dataset.Features, Dataset.Features), Dataset.ImageSize!.Value, RandomSource.NextBits(ref state));
        RowGather.Transpose(changed, Dataset.Features, places, features);
    }
}
