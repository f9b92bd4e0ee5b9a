using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// A folder with the four files of a data set in MNIST's layout: images and labels to train on (train-images-idx3-ubyte,
/// train-labels-idx1-ubyte) and to test on (t10k-...). A dot may stand for the dash before idx, and each may be compressed (.gz).
/// </summary>
public static class IdxFolder
{
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    internal static IReadOnlyList<string> FileNames { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>Reads the four files. Pixels are scaled from 0..255 to [0, 1]; the classes are 0 up to the largest training label.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What the data is called in reports; by default the folder's name.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="DataException">A file is missing or wrong, or two do not fit together.</exception>
    public static TrainTestSplit<T> Read<T>(string folder, string? name = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(folder);
        string[] files = [.. FileNames.Select(file => Require(folder, file))];
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        Dataset<T> train = ReadPair<T>(name, files[0], files[1], trained: null);
        Dataset<T> test = ReadPair(name, files[2], files[3], train);
        return new(train, test);
    }

    /// <summary>Whether all four files are there.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>True when each of the four has a file under one of its names.</returns>
    public static bool IsComplete(string folder) => FileNames.All(file => Find(folder, file) is not null);

    private static IEnumerable<string> Spellings(string file)
    {
        string dotted = file.Replace("-idx", ".idx", StringComparison.Ordinal);
        return [file, dotted, file + ".gz", dotted + ".gz"];
    }

    private static string? Find(string folder, string file) =>
        Spellings(file).Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists);

    private static string Require(string folder, string file)
    {
        if (Find(folder, file) is { } path)
            return path;
        string expected = $"{string.Join(" or ", Spellings(file))}";
        if (File.Exists(folder))
            throw DataException.At(new(folder), "a file", $"a folder with {expected}");
        throw DataException.At(new(folder), Directory.Exists(folder) ? $"no file {file}" : "no such folder", $"a folder with {expected}");
    }

    private static Dataset<T> ReadPair<T>(string name, string imagesFile, string labelsFile, Dataset<T>? trained)
        where T : struct, IFloatingPointIeee754<T>
    {
        IdxArray images = IdxReader.Read(imagesFile, rank: 3);
        IdxArray labels = IdxReader.Read(labelsFile, rank: 1);
        int count = images.Dimensions[0];
        if (count != labels.Dimensions[0])
            throw DataException.At(new(labelsFile), $"{labels.Dimensions[0]} labels", $"{count}, as many as there are images in {imagesFile}");
        ImageSize size = new(images.Dimensions[1], images.Dimensions[2]);
        if (trained is { ImageSize: { } trainedSize } && trainedSize != size)
        {
            throw DataException.At(
                new(imagesFile), $"images of {size.Rows} x {size.Columns}", $"{trainedSize.Rows} x {trainedSize.Columns} as in the training images");
        }

        int[] numbers = ReadLabels(labels, labelsFile, trained?.Classes);
        string[]? classNames = trained is null ? null : [.. trained.ClassNames];
        return new(name, Scale<T>(images.Values.Span, imagesFile), (int)size.Pixels, numbers, classNames, imageSize: size);
    }

    private static int[] ReadLabels(IdxArray labels, string file, int? classes)
    {
        ReadOnlySpan<byte> values = labels.Values.Span;
        if (classes is null && !values.ContainsAnyExcept(values[0]))
            throw DataException.At(new(file), $"the label {values[0]} only", "labels of at least 2 classes");
        int[] numbers = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = values[i];
            if (values[i] >= classes)
                throw DataException.At(new(file), $"label {values[i]} at sample {i + 1}", $"one of the training classes 0..{classes - 1}");
        }

        return numbers;
    }

    private static T[] Scale<T>(ReadOnlySpan<byte> pixels, string file)
        where T : struct, IFloatingPointIeee754<T>
    {
        DataFile.RequireMemory(file, (long)pixels.Length * Unsafe.SizeOf<T>());
        var scaled = new T[pixels.Length];
        PixelScale.ToUnit<T>(pixels, scaled);
        return scaled;
    }
}
