using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>Some samples of a data set, ready for a net. The next batch overwrites it: copy what must stay.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Batch<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] _features;

    internal Batch(int count, int features)
    {
        _features = AlignedMemory.Allocate<T>(checked(count * features));
        Features = Matrix<T>.Build.Dense(count, features, _features);
        Labels = new int[count];
        Indices = new int[count];
    }

    /// <summary>B, the number of samples.</summary>
    public int Count => Labels.Length;

    /// <summary>The samples, dense B x F: a sample is a row.</summary>
    public Matrix<T> Features { get; }

    /// <summary>The B labels.</summary>
    public int[] Labels { get; }

    /// <summary>Where the B samples stand in the data set.</summary>
    public int[] Indices { get; }

    internal void Fill(Dataset<T> dataset, ReadOnlySpan<int> indices)
    {
        indices.CopyTo(Indices);
        for (int i = 0; i < indices.Length; i++)
            Labels[i] = dataset.Labels[indices[i]];
        RowGather.Transpose(dataset.Samples, dataset.Features, indices, _features);
    }
}
