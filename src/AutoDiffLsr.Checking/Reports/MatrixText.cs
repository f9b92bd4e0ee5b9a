using System.Globalization;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Reports;

/// <summary>Matrices as C#, to paste into a test.</summary>
public static class MatrixText
{
    private const int MaxEntries = 64;

    /// <summary>"{ { 1, 2 }, { 3, 4 } }" of column-major entries; a large matrix is only described.</summary>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="entries">The entries, column after column.</param>
    /// <returns>C#, or the shape and the range of a matrix of more than 64 entries.</returns>
    public static string Of(Shape shape, double[] entries) => entries.Length > MaxEntries
        ? $"{shape}, of [{Number(entries.Min())}, {Number(entries.Max())}]"
        : $"{{ {string.Join(", ", Enumerable.Range(0, shape.Rows).Select(row => $"{{ {Row(shape, entries, row)} }}"))} }}";

    /// <summary>"{ 1, 2, 3 }"; a long list is only described.</summary>
    /// <param name="entries">The numbers.</param>
    /// <returns>C#, or the length and the range of more than 64 numbers.</returns>
    public static string OfList(double[] entries) => entries.Length > MaxEntries
        ? $"{entries.Length} numbers of [{Number(entries.Min())}, {Number(entries.Max())}]"
        : $"{{ {string.Join(", ", entries.Select(Number))} }}";

    /// <summary>A number that reads back to the same bits.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>Invariant text.</returns>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Row(Shape shape, double[] entries, int row) =>
        string.Join(", ", Enumerable.Range(0, shape.Columns).Select(column => Number(entries[row + (column * shape.Rows)])));
}
