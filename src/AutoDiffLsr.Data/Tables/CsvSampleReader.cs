using System.Globalization;
using System.Numerics;
using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data;

/// <summary>Reads samples from a CSV file row by row, so that a file larger than the memory can be worked through.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CsvSampleReader<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly CsvReader _row;
    private readonly CsvLayout _layout;
    private readonly T[] _sample;
    private bool _firstRowIsSample;
    private string? _label;

    /// <summary>Reads a stream from its current position.</summary>
    /// <param name="stream">The stream; it is closed with this reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">The layout of the file.</param>
    /// <exception cref="DataException">The file is empty, its first row makes no sense, or it cannot be read.</exception>
    public CsvSampleReader(Stream stream, string name, CsvOptions? options = null)
    {
        options ??= new();
        _row = new(stream, name, options.Separator);
        if (!_row.Read())
            throw DataException.At(new(name), "an empty file", "rows of numbers");
        _layout = CsvLayout.FromFirstRow<T>(_row, options);
        _sample = new T[_layout.FeatureNames.Count];
        _firstRowIsSample = !_layout.HasHeader;
    }

    /// <summary>F, the number of features.</summary>
    public int Features => _sample.Length;

    /// <summary>The F names of the features: the header's, or x0, x1, ...</summary>
    public IReadOnlyList<string> FeatureNames => _layout.FeatureNames;

    /// <summary>Whether the rows have labels.</summary>
    public bool HasLabels => _layout.LabelColumn >= 0;

    /// <summary>The line on which the current row begins, counted from 1.</summary>
    public long Line => _row.Line;

    /// <summary>The F features of the current row; the next <see cref="Read"/> overwrites them.</summary>
    public ReadOnlySpan<T> Sample => _sample;

    /// <summary>The label of the current row as the file has it, without white space around it.</summary>
    /// <exception cref="InvalidOperationException">There is no current row, or the rows have no labels.</exception>
    public string Label => _label ?? throw new InvalidOperationException("There is no label: no row was read, or the rows have none.");

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The layout of the file.</param>
    /// <returns>The reader, before the first row.</returns>
    /// <exception cref="DataException">The file is missing, empty or unreadable, or its first row makes no sense.</exception>
    public static CsvSampleReader<T> Open(string path, CsvOptions? options = null)
    {
        FileStream stream = DataFile.OpenRead(path, "a CSV file");
        try
        {
            return new(stream, path, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataException">The row has another number of fields, or a field that is not a finite number, or no label.</exception>
    public bool Read()
    {
        if (!_firstRowIsSample && !_row.Read())
            return false;
        _firstRowIsSample = false;
        if (_row.FieldCount != _layout.Columns)
            throw DataException.At(new(_row.Name, _row.Line), Fields(_row.FieldCount), $"{_layout.Columns} as in the first row");
        int feature = 0;
        for (int column = 0; column < _layout.Columns; column++)
        {
            if (column == _layout.LabelColumn)
                _label = ReadLabel(column);
            else
                _sample[feature++] = ReadNumber(column);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _row.Dispose();

    internal DataException LabelError(string found, string expected) => DataException.At(_layout.Place(_row, _layout.LabelColumn), found, expected);

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";

    private T ReadNumber(int column)
    {
        ReadOnlySpan<byte> field = _row.Field(column);
        if (T.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value))
            return value;
        string found = OneLine.Quote(Encoding.UTF8.GetString(field));
        throw DataException.At(_layout.Place(_row, column), found, T.IsInfinity(value) ? $"a number that fits into {typeof(T).Name}" : "a finite number");
    }

    private string ReadLabel(int column)
    {
        string label = _row.Text(column);
        bool isMissing = label.Length == 0 || (double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsFinite(number));
        return isMissing ? throw LabelError(OneLine.Quote(label), "a label") : label;
    }
}
