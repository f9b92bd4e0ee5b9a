using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffLsr.Training;

/// <summary>Validates the parts of a data set.</summary>
internal static class DatasetChecks
{
    // Larger labels without names are surely identifiers in the place of labels, and naming that many classes would take the memory.
    private const int MostUnnamedClasses = 65_536;

    public static void Sizes(int values, int features, int targets, ImageSize? image)
    {
        if (features < 1)
            throw new ArgumentException($"features is {features}, but a sample needs at least one feature.", nameof(features));
        if (targets == 0)
            throw new ArgumentException("There are no labels or targets, but a data set needs at least one sample.", nameof(targets));
        if ((long)targets * features != values)
        {
            throw new ArgumentException(
                $"samples has {values} numbers, but {targets} labels or targets with {features} features each need {(long)targets * features}.", nameof(values));
        }

        if (image is { } size && (size.Rows < 1 || size.Columns < 1 || size.Channels < 1 || size.Features != features))
        {
            throw new ArgumentException(
                $"imageSize is {size}, but a sample has {features} features; rows times columns times channels must be that number.", nameof(image));
        }
    }

    public static void FeatureNames(IReadOnlyList<string>? names, int features)
    {
        if (names is not null && names.Count != features)
            throw new ArgumentException($"featureNames has {names.Count} names, but a sample has {features} features.", nameof(names));
    }

    public static void Labels(ReadOnlySpan<int> labels, IReadOnlyList<string>? classNames)
    {
        int classes = classNames?.Count ?? MostUnnamedClasses;
        if (classes < 2)
            throw new ArgumentException($"classNames has {classes} names, but a classifier needs at least 2 classes.", nameof(classNames));
        int wrong = labels.IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0 && classNames is not null)
            throw new ArgumentException($"labels[{wrong}] is {labels[wrong]}, but there are {classes} classes (0..{classes - 1}).", nameof(labels));
        if (wrong >= 0)
            throw new ArgumentException($"labels[{wrong}] is {labels[wrong]}; without classNames, labels count the classes from 0 to at most {classes - 1}.", nameof(labels));
        if (classNames is null && !labels.ContainsAnyExcept(0))
            throw new ArgumentException("labels are all 0, but a classifier needs at least 2 classes; give classNames if the others are without samples.", nameof(labels));
    }

    public static void Finite<T>(ReadOnlySpan<T> samples, int features)
        where T : struct, IFloatingPointIeee754<T>
    {
        int index = IndexOfNonFinite(samples);
        if (index < 0)
            return;
        throw new ArgumentException(
            $"samples[{index / features}, {index % features}] is {samples[index]}, but every feature must be a finite number.", nameof(samples));
    }

    public static int IndexOfNonFinite<T>(ReadOnlySpan<T> values)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (TensorPrimitives.IsFiniteAll(values))
            return -1;
        int index = 0;
        while (T.IsFinite(values[index]))
            index++;
        return index;
    }
}
