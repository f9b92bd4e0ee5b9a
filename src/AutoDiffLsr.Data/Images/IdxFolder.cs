using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// A folder with the four files of a data set in MNIST's layout: images and labels to train on (train-images-idx3-ubyte,
/// train-labels-idx1-ubyte) and to test on (t10k-... or test-...). A dot may stand for the dash before idx, each may be compressed (.gz), a common prefix may
/// stand before the four names, such as <c>emnist-letters-</c>, and they may lie where torchvision puts them, in <c>raw</c> or <c>MNIST/raw</c>.
/// </summary>
public static class IdxFolder
{
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    internal static IReadOnlyList<string> FileNames { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>Reads the four files. Pixels are scaled from 0..255 to [0, 1]; the classes are the labels that the training part has, in their order.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">What the data is called in reports; by default the folder's name.</param>
    /// <returns>The training and the test part.</returns>
    /// <exception cref="DataException">A file is missing or wrong, or two do not fit together.</exception>
    public static TrainTestSplit<T> Read<T>(string folder, string? name = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(folder);
        string[] files = Require(folder);
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        byte[]? classes = null;
        Dataset<T> train = ReadPair<T>(name, files[0], files[1], trained: null, ref classes);
        Dataset<T> test = ReadPair(name, files[2], files[3], train, ref classes);
        return new(train, test);
    }

    /// <summary>Whether all four files are there.</summary>
    /// <returns>True when each of the four has a file under one of its names.</returns>
    public static bool IsComplete(string folder) => Find(folder) is not null;

    /// <summary>The four files under names that belong together, or null.</summary>
    private static string[]? Find(string folder)
    {
        foreach (string place in Places(folder).Where(Directory.Exists))
        {
            foreach (string prefix in Prefixes(place))
            {
                string?[] found = [.. FileNames.Select(file => Spellings(file).Select(spelling => Path.Combine(place, prefix + spelling)).FirstOrDefault(File.Exists))];
                if (found.All(file => file is not null))
                    return found!;
            }
        }

        return null;
    }

    private static IEnumerable<string> Places(string folder) => [folder, Path.Combine(folder, "raw"), Path.Combine(folder, "MNIST", "raw")];

    /// <summary>The prefixes that the name of the training images may have; none is tried first.</summary>
    private static IEnumerable<string> Prefixes(string place)
    {
        IEnumerable<string> names = Directory.EnumerateFiles(place).Select(file => Path.GetFileName(file));
        return Spellings(TrainImages)
            .SelectMany(spelling => names.Where(name => name.EndsWith(spelling, StringComparison.Ordinal)).Select(name => name[..^spelling.Length]))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(prefix => prefix.Length)
            .ThenBy(prefix => prefix, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Spellings(string file) =>
        from name in new[] { file, file.Replace("t10k-", "test-", StringComparison.Ordinal) }.Distinct()
        from ending in new[] { "", ".gz" }
        from dotted in new[] { name, name.Replace("-idx", ".idx", StringComparison.Ordinal) }
        select dotted + ending;

    private static string[] Require(string folder)
    {
        if (Find(folder) is { } files)
            return files;
        if (File.Exists(folder))
            throw DataException.At(new(folder), "a file", $"a folder with {Expected(TrainImages)}");
        if (!Directory.Exists(folder))
            throw DataException.At(new(folder), "no such folder", $"a folder with {Expected(TrainImages)}");
        string missing = FileNames.First(file => !Spellings(file).Any(spelling => File.Exists(Path.Combine(folder, Prefixes(folder).FirstOrDefault("") + spelling))));
        throw DataException.At(new(folder), $"no file {Prefixes(folder).FirstOrDefault("")}{missing}", $"a folder with {Expected(missing)}");

        static string Expected(string file) => string.Join(" or ", Spellings(file));
    }

    private static Dataset<T> ReadPair<T>(string name, string imagesFile, string labelsFile, Dataset<T>? trained, ref byte[]? classes)
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

        classes ??= ClassesOf(labels.Values.Span, labelsFile);
        int[] numbers = ReadLabels(labels, labelsFile, classes);
        string[] classNames = [.. classes.Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return new(name, Scale<T>(images.Values.Span, imagesFile), (int)size.Pixels, numbers, classNames, imageSize: size);
    }

    /// <summary>The labels that occur, in their order: EMNIST's letters are 1..26, and there is no class 0.</summary>
    private static byte[] ClassesOf(ReadOnlySpan<byte> labels, string file)
    {
        bool[] occurs = new bool[256];
        foreach (byte label in labels)
            occurs[label] = true;
        byte[] classes = [.. Enumerable.Range(0, 256).Where(label => occurs[label]).Select(label => (byte)label)];
        return classes.Length > 1 ? classes : throw DataException.At(new(file), $"the label {labels[0]} only", "labels of at least 2 classes");
    }

    private static int[] ReadLabels(IdxArray labels, string file, byte[] classes)
    {
        ReadOnlySpan<byte> values = labels.Values.Span;
        int[] numbers = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = Array.BinarySearch(classes, values[i]);
            if (numbers[i] < 0)
                throw DataException.At(new(file), $"label {values[i]} at sample {i + 1}", $"one of the training labels {LabelText(classes)}");
        }

        return numbers;
    }

    private static string LabelText(byte[] classes) =>
        classes.Length == classes[^1] - classes[0] + 1 ? $"{classes[0]}..{classes[^1]}" : string.Join(", ", classes);

    private static T[] Scale<T>(ReadOnlySpan<byte> pixels, string file)
        where T : struct, IFloatingPointIeee754<T>
    {
        DataFile.RequireMemory(file, (long)pixels.Length * Unsafe.SizeOf<T>());
        var scaled = new T[pixels.Length];
        PixelScale.ToUnit<T>(pixels, scaled);
        return scaled;
    }
}
