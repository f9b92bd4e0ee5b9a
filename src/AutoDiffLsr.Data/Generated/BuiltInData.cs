using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>The data sets that need no file, by name.</summary>
public static class BuiltInData
{
    /// <summary>digits, shapes, moons, spirals and blobs.</summary>
    public static IReadOnlyList<string> Names { get; } = ["digits", "shapes", "moons", "spirals", "blobs"];

    /// <summary>Generates one of them in its default size.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">The data is a function of this number.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="ArgumentException">There is no data set of this name.</exception>
    public static TrainTestSplit<T> Create<T>(string name, long seed)
        where T : struct, IFloatingPointIeee754<T> => name switch
        {
            "digits" => GeneratedDigits.Create<T>(seed),
            "shapes" => GeneratedShapes.Create<T>(seed),
            "moons" => GeneratedPoints.Moons<T>(seed),
            "spirals" => GeneratedPoints.Spirals<T>(seed),
            "blobs" => GeneratedPoints.Blobs<T>(seed),
            _ => throw new ArgumentException($"name is {OneLine.Quote(name)}, but the built-in data sets are {string.Join(", ", Names)}.", nameof(name)),
        };
}
