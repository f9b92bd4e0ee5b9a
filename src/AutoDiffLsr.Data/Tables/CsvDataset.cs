using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>Reads a whole CSV file into a data set.</summary>
public static class CsvDataset
{
    /// <summary>Reads a file. Its classes are the distinct labels, sorted as numbers if all are numbers, else by their characters.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="options">The layout of the file.</param>
    /// <param name="classNames">The classes to use instead, such as those of the training data; another label is then an error.</param>
    /// <returns>The data set, called by the file's name without its extension.</returns>
    /// <exception cref="DataException">The file is missing or something in it is wrong: the message says where, what and what would be right.</exception>
    public static Dataset<T> Read<T>(string path, CsvOptions? options = null, IReadOnlyList<string>? classNames = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireLabels(options);
        using CsvSampleReader<T> reader = CsvSampleReader<T>.Open(path, options);
        return Read(reader, path, Path.GetFileNameWithoutExtension(path), classNames);
    }

    /// <summary>Reads a stream from its current position to its end, and closes it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages and the data set call it.</param>
    /// <param name="options">The layout of the file.</param>
    /// <param name="classNames">The classes to use instead of those found, such as those of the training data.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataException">Something in the file is wrong: the message says where, what and what would be right.</exception>
    public static Dataset<T> Read<T>(Stream stream, string name, CsvOptions? options = null, IReadOnlyList<string>? classNames = null)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireLabels(options);
        using CsvSampleReader<T> reader = new(stream, name, options);
        return Read(reader, name, name, classNames);
    }

    private static void RequireLabels(CsvOptions? options)
    {
        if (options is { HasLabels: false })
            throw new ArgumentException("options.HasLabels is false, but a data set needs labels; read rows without labels with CsvSampleReader.", nameof(options));
    }

    private static Dataset<T> Read<T>(CsvSampleReader<T> reader, string file, string name, IReadOnlyList<string>? classNames)
        where T : struct, IFloatingPointIeee754<T>
    {
        ClassOrder? known = classNames is null ? null : new(classNames);
        GrowingArray<T> samples = new(file);
        List<int> codes = [];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        while (reader.Read())
        {
            samples.Add(reader.Sample);
            codes.Add(Code(reader, seen, known));
        }

        if (codes.Count == 0)
            throw DataException.At(new(file), "a header and no rows", "rows of numbers");
        ClassOrder classes = known ?? ClassOrder.Sorted(seen.Keys);
        if (classes.Names.Count < 2)
            throw reader.LabelError($"the class {OneLine.Quote(classes.Names[0])} in every row up to here", "at least 2 classes");
        int[] labelOfCode = [.. seen.OrderBy(pair => pair.Value).Select(pair => classes.IndexOf(pair.Key))];
        return new(name, samples.ToArray(), reader.Features, [.. codes.Select(code => labelOfCode[code])], classes.Names, reader.FeatureNames);
    }

    /// <summary>Numbers the labels as they come; their order is known at the end only.</summary>
    private static int Code<T>(CsvSampleReader<T> reader, Dictionary<string, int> seen, ClassOrder? known)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (seen.TryGetValue(reader.Label, out int code))
            return code;
        if (known is not null && known.IndexOf(reader.Label) < 0)
            throw reader.LabelError(OneLine.Quote(reader.Label), $"one of the classes {OneLine.List(known.Names)}");
        seen.Add(reader.Label, seen.Count);
        return seen.Count - 1;
    }

    /// <summary>An array whose final length is not known, with a clear end where memory ends.</summary>
    private sealed class GrowingArray<T>(string file)
    {
        private T[] _values = new T[1024];
        private int _count;

        public void Add(ReadOnlySpan<T> more)
        {
            if (_values.Length - _count < more.Length)
                Grow((long)_count + more.Length);
            more.CopyTo(_values.AsSpan(_count));
            _count += more.Length;
        }

        public T[] ToArray() => _values.AsSpan(0, _count).ToArray();

        private void Grow(long needed)
        {
            if (needed > Array.MaxLength)
                throw DataException.At(new(file), $"more than {Array.MaxLength} numbers", "a table that fits into one array");
            long length = Math.Clamp(2L * _values.Length, needed, Array.MaxLength);
            DataFile.RequireMemory(file, length * Unsafe.SizeOf<T>());
            Array.Resize(ref _values, (int)length);
        }
    }
}
