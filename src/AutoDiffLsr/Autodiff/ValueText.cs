using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Autodiff;

/// <summary>A matrix in one short line, for a debugger.</summary>
internal static class ValueText
{
    private const int Most = 4;

    /// <summary>"[1, 2, 3; 4, 5, 6]": rows apart by semicolons, at most 4 rows and columns of them.</summary>
    public static string Of<T>(Matrix<T> value)
        where T : struct, IFloatingPointIeee754<T> =>
        $"[{string.Join("; ", Some(value.RowCount, row => string.Join(", ", Some(value.ColumnCount, column => value[row, column].ToString("G5", CultureInfo.InvariantCulture)))))}]";

    private static IEnumerable<string> Some(int count, Func<int, string> text) =>
        Enumerable.Range(0, Math.Min(count, Most)).Select(text).Concat(count > Most ? ["..."] : []);
}
