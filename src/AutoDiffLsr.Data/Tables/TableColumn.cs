using AutoDiffLsr.Data.Tables.Reading;

namespace AutoDiffLsr.Data.Tables;

/// <summary>
/// A column of a table: N values, each a number, a text or missing. Texts are kept once each, as levels; a number in a column of texts is the text that gives
/// it back, so 1, 1.0 and 01 are one level.
/// </summary>
public sealed class TableColumn
{
    internal const int Missing = -1;
    internal const int Beyond = -2;

    private readonly ChunkedList<double>? numbers;
    private readonly ChunkedList<int>? codes;

    internal TableColumn(string name, int index, ChunkedList<double>? numbers, ChunkedList<int>? codes, IReadOnlyList<string> levels, int missing, TextFault? fault)
    {
        (Name, Index, this.numbers, this.codes, Levels, MissingCount, Fault) = (name, index, numbers, codes, levels, missing, fault);
        Kind = codes is null ? ColumnKind.Number : ColumnKind.Text;
    }

    /// <summary>The name in the header; x0, x1, ... where there is none.</summary>
    public string Name { get; }

    /// <summary>The place in the file, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Whether all values are numbers.</summary>
    public ColumnKind Kind { get; }

    /// <summary>N, the number of rows.</summary>
    public int Count => numbers?.Count ?? codes!.Count;

    /// <summary>How many values are missing.</summary>
    public int MissingCount { get; }

    /// <summary>The different texts of a column of texts in the order in which they came, at most <see cref="Table.MostLevels"/>; none for numbers.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>What is no number in a column of texts that otherwise has numbers; null for a column of numbers.</summary>
    internal TextFault? Fault { get; }

    /// <summary>Whether the value of a row is missing.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <returns>Whether it is.</returns>
    public bool IsMissing(int row) => numbers is not null ? double.IsNaN(numbers[row]) : codes![row] == Missing;

    /// <summary>The number of a row of a column of numbers.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <returns>The number; NaN where it is missing.</returns>
    /// <exception cref="InvalidOperationException">The column has texts.</exception>
    public double Number(int row) => numbers is not null ? numbers[row] : throw new InvalidOperationException($"The column {Name} has texts, not numbers.");

    /// <summary>The value of a row as text: its level, or the shortest text of its number.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <returns>The text; null where it is missing, or one of more than <see cref="Table.MostLevels"/> different texts.</returns>
    public string? Text(int row)
    {
        if (numbers is not null)
            return double.IsNaN(numbers[row]) ? null : NumberText.Canonical(numbers[row]);
        return codes![row] >= 0 ? Levels[codes[row]] : null;
    }

    /// <summary>The index into <see cref="Levels"/>, <see cref="Missing"/>, or <see cref="Beyond"/> for a text that is not kept.</summary>
    internal int Code(int row) => codes![row];
}
