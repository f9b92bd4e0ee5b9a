using System.Globalization;

namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Makes a table of .NET values.</summary>
internal static class RowsInMemory
{
    public static Table Read(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0)
            throw new ArgumentException("columns is empty, but a table needs at least one column.", nameof(columns));
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw new ArgumentException("columns has a name twice; names are what columns are found by.", nameof(columns));
        MissingValues missing = new([], '.');
        ColumnBuilder[] builders = [.. columns.Select((column, i) => new ColumnBuilder(name, column, i, '.', missing, mayBeBroken: false))];
        int count = 0;
        foreach (IReadOnlyList<object?> row in rows)
        {
            count++;
            if (row.Count != builders.Length)
                throw new ArgumentException($"rows[{count - 1}] has {row.Count} values, but there are {builders.Length} columns.", nameof(rows));
            for (int i = 0; i < builders.Length; i++)
                Add(builders[i], row[i], count);
        }

        if (count == 0)
            throw new ArgumentException("rows is empty, but a table needs at least one row.", nameof(rows));
        return new Table(name, name, [.. builders.Select(builder => builder.Take())], hasHeader: true, lines: null, []);
    }

    private static void Add(ColumnBuilder builder, object? value, int row)
    {
        if (value is null or DBNull or double.NaN or float.NaN)
            builder.AddMissing();
        else if (value is bool truth)
            builder.AddText(truth ? bool.TrueString : bool.FalseString, row);
        else if (value is IConvertible number and not (string or char or DateTime or Enum))
            builder.AddNumber(number.ToDouble(CultureInfo.InvariantCulture), Convert.ToString(value, CultureInfo.InvariantCulture), row);
        else
            builder.Add(Convert.ToString(value, CultureInfo.InvariantCulture).AsSpan().Trim(), row);
    }
}
