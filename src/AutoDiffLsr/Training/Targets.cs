using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>What a model is to give for each of N samples: labels of classes, distributions, numbers, several binary labels, or the sample itself.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <example><code>Dataset&lt;double&gt; data = Dataset&lt;double&gt;.FromMatrix(x, Targets&lt;double&gt;.BinaryLabels(y, ["urgent", "private"]));</code></example>
public sealed class Targets<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const double DistributionTolerance = 1e-4;

    private readonly int[] labels;
    private readonly T[] values;

    private Targets(TargetKind kind, int[] labels, T[] values, IReadOnlyList<string> names) =>
        (Kind, this.labels, this.values, Names) = (kind, labels, values, names);

    /// <summary>The sample itself is the target.</summary>
    public static Targets<T> Input { get; } = new(TargetKind.Input, [], [], []);

    /// <summary>What the targets are.</summary>
    public TargetKind Kind { get; }

    /// <summary>The names of the C classes or of the K targets, in order; empty for <see cref="TargetKind.Input"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>C classes or K targets; 0 for <see cref="TargetKind.Input"/>, whose width is that of the samples.</summary>
    public int Columns => Names.Count;

    /// <summary>The N * K numbers, sample after sample; empty for <see cref="TargetKind.Labels"/> and <see cref="TargetKind.Input"/>.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <summary>How many samples these are the targets of; null for <see cref="TargetKind.Input"/>.</summary>
    internal int? Count => Kind switch
    {
        TargetKind.Labels => labels.Length,
        TargetKind.Input => null,
        _ => values.Length / Columns,
    };

    /// <summary>The labels, for <see cref="TargetKind.Labels"/>.</summary>
    internal int[] LabelArray => labels;

    /// <summary>Classes by label.</summary>
    /// <param name="labels">N labels, each in 0..C-1; the array is kept.</param>
    /// <param name="classNames">C names, C at least 2; by default the numbers 0 up to the largest label.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A label is no class, or there are fewer than 2 classes.</exception>
    public static Targets<T> Labels(int[] labels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        DatasetChecks.Labels(labels, classNames);
        return new(TargetKind.Labels, labels, [], classNames ?? Numbered("", labels.Max() + 1));
    }

    /// <summary>Distributions over C classes: one-hot or soft labels.</summary>
    /// <param name="values">N * C numbers in [0, 1], sample after sample, each sample's with the sum 1; the array is kept.</param>
    /// <param name="classNames">C names, C at least 2.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A row is no distribution, or the count does not fit.</exception>
    public static Targets<T> Distributions(T[] values, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count < 2)
            throw new ArgumentException($"classNames has {classNames.Count} names, but a classifier needs at least 2 classes.", nameof(classNames));
        CheckValues(values, classNames.Count, largest: T.One, "a probability, in [0, 1]");
        for (int row = 0; row < values.Length / classNames.Count; row++)
        {
            double sum = 0;
            foreach (T value in values.AsSpan(row * classNames.Count, classNames.Count))
                sum += double.CreateTruncating(value);
            if (Math.Abs(sum - 1) > DistributionTolerance)
                throw new ArgumentException(FormattableString.Invariant($"The probabilities of sample {row} have the sum {sum}; it must be 1."), nameof(values));
        }

        return new(TargetKind.Distributions, [], values, classNames);
    }

    /// <summary>Distributions over C classes: one-hot or soft labels.</summary>
    /// <param name="values">N x C, copied; each row in [0, 1] with the sum 1.</param>
    /// <param name="classNames">C names; by default the numbers 0..C-1.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A row is no distribution, or the count does not fit.</exception>
    public static Targets<T> Distributions(Matrix<T> values, IReadOnlyList<string>? classNames = null) =>
        Distributions(RowMajor(values, classNames), classNames ?? Numbered("", values.ColumnCount));

    /// <summary>K real numbers for each sample.</summary>
    /// <param name="values">N * K finite numbers, sample after sample; the array is kept.</param>
    /// <param name="names">K names.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or the count does not fit.</exception>
    public static Targets<T> Numbers(T[] values, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        CheckValues(values, names.Count, largest: null, "a finite number");
        return new(TargetKind.Numbers, [], values, names);
    }

    /// <summary>K real numbers for each sample.</summary>
    /// <param name="values">N x K finite numbers, copied.</param>
    /// <param name="names">K names; by default y0, y1, ...</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or the count does not fit.</exception>
    public static Targets<T> Numbers(Matrix<T> values, IReadOnlyList<string>? names = null) =>
        Numbers(RowMajor(values, names), names ?? Numbered("y", values.ColumnCount));

    /// <summary>K answers of yes and no for each sample; a number between 0 and 1 is the probability of yes.</summary>
    /// <param name="values">N * K numbers in [0, 1], sample after sample; the array is kept.</param>
    /// <param name="names">K names.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A number is outside [0, 1], or the count does not fit.</exception>
    public static Targets<T> BinaryLabels(T[] values, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        CheckValues(values, names.Count, largest: T.One, "0, 1, or a probability between them");
        return new(TargetKind.BinaryLabels, [], values, names);
    }

    /// <summary>K answers of yes and no for each sample; a number between 0 and 1 is the probability of yes.</summary>
    /// <param name="values">N x K numbers in [0, 1], copied.</param>
    /// <param name="names">K names; by default y0, y1, ...</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">A number is outside [0, 1], or the count does not fit.</exception>
    public static Targets<T> BinaryLabels(Matrix<T> values, IReadOnlyList<string>? names = null) =>
        BinaryLabels(RowMajor(values, names), names ?? Numbered("y", values.ColumnCount));

    /// <summary>"3 classes", "2 numbers", for messages.</summary>
    public override string ToString() => Kind switch
    {
        TargetKind.Labels => $"{Columns} classes",
        TargetKind.Distributions => $"distributions over {Columns} classes",
        TargetKind.Numbers => $"{Columns} number{(Columns == 1 ? "" : "s")}",
        TargetKind.BinaryLabels => $"{Columns} binary label{(Columns == 1 ? "" : "s")}",
        _ => "the samples themselves",
    };

    internal static string[] Numbered(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(index => prefix + index.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Those of some samples, which are known to exist.</summary>
    internal Targets<T> Subset(ReadOnlySpan<int> indices)
    {
        if (Kind == TargetKind.Input)
            return this;
        int[] someLabels = new int[Kind == TargetKind.Labels ? indices.Length : 0];
        T[] someValues = new T[values.Length == 0 ? 0 : checked(indices.Length * Columns)];
        for (int i = 0; i < indices.Length; i++)
        {
            if (Kind == TargetKind.Labels)
                someLabels[i] = labels[indices[i]];
            else
                values.AsSpan(indices[i] * Columns, Columns).CopyTo(someValues.AsSpan(i * Columns));
        }

        return new(Kind, someLabels, someValues, Names);
    }

    /// <summary>The same, with other numbers of the same shape.</summary>
    internal Targets<T> WithValues(T[] others) => new(Kind, labels, others, Names);

    private static T[] RowMajor(Matrix<T> values, IReadOnlyList<string>? names)
    {
        ArgumentNullException.ThrowIfNull(values);
        return names is null || names.Count == values.ColumnCount ? values.ToRowMajorArray() : throw new ArgumentException(
            $"There are {names.Count} names for {values.ColumnCount} columns of targets.", nameof(names));
    }

    private static void CheckValues(T[] values, int columns, T? largest, string expected)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (columns < 1)
            throw new ArgumentException("There are no names, but a sample needs at least one target.", nameof(columns));
        if (values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"There are {values.Length} target values, which is no multiple of {columns}; each sample needs {columns}.", nameof(values));
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]) || (largest is { } most && !(values[i] >= T.Zero && values[i] <= most)))
                throw new ArgumentException(FormattableString.Invariant($"targets[{i / columns}, {i % columns}] is {values[i]}; it must be {expected}."), nameof(values));
        }
    }
}
