using AutoDiffLsr.Training;

namespace AutoDiffLsr.Tests.Support;

/// <summary>Small data sets whose every number tells where it came from.</summary>
internal static class Samples
{
    /// <summary>Feature f of sample i is 1000 i + f; labels go 0, 1, ..., classes - 1, 0, ...</summary>
    public static Dataset<T> Counting<T>(int count, int features, int classes)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] samples = [.. Enumerable.Range(0, count * features).Select(i => T.CreateChecked((1000 * (i / features)) + (i % features)))];
        return new("counting", samples, features, [.. Enumerable.Range(0, count).Select(i => i % classes)], ClassNames(classes));
    }

    public static string[] ClassNames(int classes) => [.. Enumerable.Range(0, classes).Select(c => $"class {c}")];

    public static Dataset<double> OfClassSizes(params int[] sizes)
    {
        int[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat(label, size))];
        return new("sizes", [.. Enumerable.Range(0, labels.Length).Select(i => (double)i)], 1, labels, ClassNames(sizes.Length));
    }
}
