using System.Globalization;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Reports;

/// <summary>Matrices as C#, to paste into a test.</summary>
internal static class MatrixText
{
    private const int MaxEntries = 64;

    /// <summary>"{ { 1, 2 }, { 3, 4 } }" of column-major entries; a large matrix is only described.</summary>
    public static string Of(Shape shape, double[] entries) => entries.Length > MaxEntries
        ? $"{shape}, of [{Number(entries.Min())}, {Number(entries.Max())}]"
        : $"{{ {string.Join(", ", Enumerable.Range(0, shape.Rows).Select(row => $"{{ {Row(shape, entries, row)} }}"))} }}";

    /// <summary>"{ 1, 2, 3 }".</summary>
    public static string OfList(double[] entries) => entries.Length > MaxEntries
        ? $"{entries.Length} numbers of [{Number(entries.Min())}, {Number(entries.Max())}]"
        : $"{{ {string.Join(", ", entries.Select(Number))} }}";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Row(Shape shape, double[] entries, int row) =>
        string.Join(", ", Enumerable.Range(0, shape.Columns).Select(column => Number(entries[row + (column * shape.Rows)])));
}
