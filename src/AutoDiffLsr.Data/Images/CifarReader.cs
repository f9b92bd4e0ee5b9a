using System.Formats.Tar;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>
/// CIFAR-10 and CIFAR-100 (A. Krizhevsky 2009) in their binary format: 32 x 32 colour images, from a folder with the files or from the archive as it is downloaded
/// (cifar-10-binary.tar.gz). Which of the two it is, the names of the files say.
/// </summary>
public static class CifarReader
{
    /// <summary>Reads both parts. Levels are scaled from 0..255 to [0, 1].</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">A folder with the .bin files or with the archive, or the archive itself.</param>
    /// <returns>The training and the test part, called "cifar10" or "cifar100".</returns>
    /// <exception cref="DataException">A file is missing or wrong.</exception>
    public static TrainTestSplit<T> Read<T>(string path)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(path);
        (CifarLayout layout, string place, bool isArchive) = Find(path) ?? throw DataException.At(
            new(path),
            File.Exists(path) ? "a file" : Directory.Exists(path) ? "none of the files of CIFAR" : "no such file or folder",
            $"a folder with {string.Join(" or ", CifarLayout.All.Select(layout => $"{layout.Train[0]} ({layout.Name})"))}, or {string.Join(" or ", CifarLayout.All.Select(layout => layout.Archive))}");
        Dictionary<string, byte[]> files = isArchive ? ReadArchive(layout, place) : ReadFolder(layout, place);
        string[] names = ClassNames(layout, files.GetValueOrDefault(layout.ClassFile));
        return new(Part<T>(layout, place, layout.Train, files, names), Part<T>(layout, place, [layout.Test], files, names));
    }

    /// <summary>Whether <see cref="Read"/> would find its files there.</summary>
    /// <param name="path">A folder or an archive.</param>
    /// <returns>True for a folder with all files of one of the two, with its archive, or for the archive.</returns>
    public static bool IsThere(string path) => Find(path) is not null;

    /// <summary>The same for one of the two.</summary>
    internal static bool IsThere(string path, CifarKind kind) => Find(path)?.Layout.Kind == kind;

    private static (CifarLayout Layout, string Place, bool IsArchive)? Find(string path)
    {
        foreach (CifarLayout layout in CifarLayout.All)
        {
            foreach (string folder in new[] { path, Path.Combine(path, layout.Folder) })
            {
                if (File.Exists(Path.Combine(folder, layout.Train[0])) && File.Exists(Path.Combine(folder, layout.Test)))
                    return (layout, folder, false);
            }

            if (File.Exists(path) && Path.GetFileName(path) == layout.Archive)
                return (layout, path, true);
            if (File.Exists(Path.Combine(path, layout.Archive)))
                return (layout, Path.Combine(path, layout.Archive), true);
        }

        return null;
    }

    private static Dictionary<string, byte[]> ReadFolder(CifarLayout layout, string folder)
    {
        Dictionary<string, byte[]> files = [];
        foreach (string name in layout.Files)
        {
            string path = Path.Combine(folder, name);
            using FileStream stream = InputFile.Open(path, "a file of CIFAR", (file, found, expected, inner) => DataException.At(new(file), found, expected, inner));
            files.Add(name, ReadAll(path, stream, stream.Length));
        }

        string classes = Path.Combine(folder, layout.ClassFile);
        if (File.Exists(classes))
            files.Add(layout.ClassFile, File.ReadAllBytes(classes));
        return files;
    }

    private static Dictionary<string, byte[]> ReadArchive(CifarLayout layout, string archive)
    {
        Dictionary<string, byte[]> files = [];
        string[] wanted = [.. layout.Files, layout.ClassFile];
        try
        {
            using FileStream packed = InputFile.Open(archive, "an archive of CIFAR", (file, found, expected, inner) => DataException.At(new(file), found, expected, inner));
            using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using TarReader tar = new(unpacked);
            while (tar.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (entry.DataStream is { } data && wanted.Contains(name))
                    files[name] = ReadAll($"{archive}, {entry.Name}", data, entry.Length);
            }
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or EndOfStreamException || (InputFile.IsFailure(error) && error is not DataException))
        {
            throw DataException.At(new(archive), $"a damaged archive ({error.Message})", "a .tar.gz file as CIFAR's site has it", error);
        }

        string? missing = layout.Files.FirstOrDefault(name => !files.ContainsKey(name));
        return missing is null ? files : throw DataException.At(new(archive), $"no {missing} in the archive", string.Join(", ", layout.Files));
    }

    private static byte[] ReadAll(string place, Stream stream, long length)
    {
        if (length > Array.MaxLength)
            throw DataException.At(new(place), $"{length} bytes", "at most 2 GB");
        byte[] bytes = new byte[length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException error)
        {
            throw DataException.At(new(place), $"an end before the {length} bytes that it should have", "the whole file", error);
        }

        return bytes;
    }

    private static Dataset<T> Part<T>(CifarLayout layout, string place, string[] names, Dictionary<string, byte[]> files, string[] classNames)
        where T : struct, IFloatingPointIeee754<T>
    {
        int count = names.Sum(name => Records(layout, place, name, files[name]));
        DataFile.RequireMemory(place, (long)count * CifarLayout.Pixels * Unsafe.SizeOf<T>());
        T[] samples = new T[checked(count * CifarLayout.Pixels)];
        int[] labels = new int[count];
        int done = 0;
        foreach (string name in names)
        {
            byte[] bytes = files[name];
            for (int start = 0; start < bytes.Length; start += layout.RecordLength, done++)
            {
                labels[done] = bytes[start + layout.LabelBytes - 1];
                if (labels[done] >= layout.Classes)
                    throw DataException.At(new($"{place}, {name}"), $"label {labels[done]} in record {(start / layout.RecordLength) + 1}", $"one of 0..{layout.Classes - 1}");
                PixelScale.ToUnit(bytes.AsSpan(start + layout.LabelBytes, CifarLayout.Pixels), samples.AsSpan(done * CifarLayout.Pixels, CifarLayout.Pixels));
            }
        }

        return new(layout.Name, samples, CifarLayout.Pixels, labels, classNames, imageSize: CifarLayout.ImageSize);
    }

    private static int Records(CifarLayout layout, string place, string name, byte[] bytes) => bytes.Length > 0 && bytes.Length % layout.RecordLength == 0
        ? bytes.Length / layout.RecordLength
        : throw DataException.At(new($"{place}, {name}"), $"{bytes.Length} bytes", $"whole records of {layout.RecordLength} bytes, as {layout.Name} has");

    private static string[] ClassNames(CifarLayout layout, byte[]? file)
    {
        string[] lines = file is null ? [] : [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (lines.Length == layout.Classes && lines.Distinct(StringComparer.Ordinal).Count() == lines.Length)
            return lines;
        return layout.Kind == CifarKind.Cifar10
            ? ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
            : [.. Enumerable.Range(0, layout.Classes).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }
}
