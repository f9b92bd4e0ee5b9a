using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>Rows of a table with what belongs to each: a class, or numbers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Samples<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private Samples(Matrix<T> features, int[]? labels, Matrix<T>? targets, int outputs) =>
        (Features, Labels, Targets, Outputs) = (features, labels, targets, outputs);

    /// <summary>N x F.</summary>
    public Matrix<T> Features { get; }

    /// <summary>N classes, or null where targets are numbers.</summary>
    public int[]? Labels { get; }

    /// <summary>N x K numbers, or null where targets are classes.</summary>
    public Matrix<T>? Targets { get; }

    /// <summary>The columns of a net's output: C or K.</summary>
    public int Outputs { get; }

    /// <summary>N.</summary>
    public int Count => Features.RowCount;

    /// <summary>Samples of classes.</summary>
    /// <param name="features">N x F.</param>
    /// <param name="labels">N classes, each in 0..C-1.</param>
    /// <param name="classes">C, at least 2.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="ArgumentException">The counts differ, or a label is no class.</exception>
    public static Samples<T> OfClasses(Matrix<T> features, int[] labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (labels.Length != features.RowCount || labels.AsSpan().ContainsAnyExceptInRange(0, classes - 1))
            throw new ArgumentException($"{features.RowCount} rows need as many labels, each in 0..{classes - 1}.", nameof(labels));
        return new(features, labels, null, classes);
    }

    /// <summary>Samples of numbers.</summary>
    /// <param name="features">N x F.</param>
    /// <param name="targets">N x K.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="ArgumentException">The counts of rows differ.</exception>
    public static Samples<T> OfNumbers(Matrix<T> features, Matrix<T> targets)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.RowCount != features.RowCount)
            throw new ArgumentException($"{features.RowCount} rows need as many targets, not {targets.RowCount}.", nameof(targets));
        return new(features, null, targets, targets.ColumnCount);
    }

    /// <summary>Some of the rows, copied.</summary>
    /// <param name="rows">Which, in which order.</param>
    /// <returns>The samples.</returns>
    public Samples<T> Take(ReadOnlySpan<int> rows)
    {
        Samples<T> taken = Room(rows.Length);
        taken.CopyFrom(this, rows);
        return taken;
    }

    /// <summary>Samples of the same kind with room for this many rows.</summary>
    internal Samples<T> Room(int count) => new(
        Matrix<T>.Build.Dense(count, Features.ColumnCount),
        Labels is null ? null : new int[count],
        Targets is null ? null : Matrix<T>.Build.Dense(count, Targets.ColumnCount),
        Outputs);

    /// <summary>Overwrites these samples with rows of others.</summary>
    internal void CopyFrom(Samples<T> source, ReadOnlySpan<int> rows)
    {
        Copy(source.Features, Features, rows);
        if (Targets is not null)
            Copy(source.Targets!, Targets, rows);
        if (Labels is null)
            return;
        for (int i = 0; i < rows.Length; i++)
            Labels[i] = source.Labels![rows[i]];
    }

    private static void Copy(Matrix<T> source, Matrix<T> target, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<T> from = source.AsColumnMajorArray();
        Span<T> to = target.AsColumnMajorArray();
        for (int column = 0; column < source.ColumnCount; column++)
        {
            ReadOnlySpan<T> fromColumn = from.Slice(column * source.RowCount, source.RowCount);
            Span<T> toColumn = to.Slice(column * rows.Length, rows.Length);
            for (int i = 0; i < rows.Length; i++)
                toColumn[i] = fromColumn[rows[i]];
        }
    }
}
