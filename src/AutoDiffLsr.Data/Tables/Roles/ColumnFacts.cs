using System.Collections;
using System.Globalization;
using AutoDiffLsr.Data.Tables.Reading;

namespace AutoDiffLsr.Data.Tables.Roles;

/// <summary>What the values of a column look like, computed once where it is asked for.</summary>
internal sealed class ColumnFacts
{
    private const int FewestRowsOfCounter = 20;

    private static readonly HashSet<string> IdentifierNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "_id", "index", "_index_", "_index", "idx", "row", "rowid", "row_id", "rownum", "row_number", "rownames", "row_names", "row.names", "uid", "uuid", "guid", "key", "#",
    };

    private readonly TableColumn column;

    public ColumnFacts(TableColumn column)
    {
        this.column = column;
        if (column.Kind != ColumnKind.Number)
            return;
        (Minimum, Maximum, IsWhole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        for (int row = 0; row < column.Count; row++)
        {
            double value = column.Number(row);
            if (double.IsNaN(value))
                continue;
            (Minimum, Maximum) = (Math.Min(Minimum, value), Math.Max(Maximum, value));
            IsWhole &= double.IsInteger(value);
        }
    }

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsWhole { get; }

    public int Present => column.Count - column.MissingCount;

    public bool IsConstant => column.MissingCount == 0 && (column.Kind == ColumnKind.Number ? Minimum == Maximum : column.Levels.Count == 1);

    /// <summary>Nearly all different: more than half of the values that are there.</summary>
    public bool IsFreeText => column.Kind == ColumnKind.Text && (column.Levels.Count == Table.MostLevels || (column.Levels.Count > 20 && 2 * column.Levels.Count > Present));

    /// <summary>Its range, or its number of levels.</summary>
    public string Values => Present == 0 ? ""
        : column.Kind == ColumnKind.Number ? string.Create(CultureInfo.InvariantCulture, $"{Minimum:G6} to {Maximum:G6}")
        : column.Levels.Count == 1 ? "1 level" : string.Create(CultureInfo.InvariantCulture, $"{(column.Levels.Count == Table.MostLevels ? "over " : "")}{column.Levels.Count} levels");

    /// <summary>Why the column only tells rows apart, or null.</summary>
    public string? IdentifierReason
    {
        get
        {
            if (column.MissingCount > 0 || column.Count < 2)
                return null;
            bool isCounter = IsCounter();
            if (isCounter && column.Count >= FewestRowsOfCounter)
                return string.Create(CultureInfo.InvariantCulture, $"counts the rows from {Minimum}");
            if (ColumnNames.IsUnnamed(column.Name) && (isCounter || AreDifferent()))
                return "a column without a name that tells the rows apart";
            return HasIdentifierName() && (isCounter || AreDifferent()) ? "its name says so, and no value comes twice" : null;
        }
    }

    /// <summary>The different numbers, or null where there are more than the limit.</summary>
    public HashSet<double>? DistinctNumbers(int limit)
    {
        HashSet<double> seen = [];
        for (int row = 0; row < column.Count; row++)
        {
            double value = column.Number(row);
            if (!double.IsNaN(value) && seen.Add(value) && seen.Count > limit)
                return null;
        }

        return seen;
    }

    private bool HasIdentifierName()
    {
        string name = column.Name;
        return IdentifierNames.Contains(name)
            || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".id", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("id_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("id ", StringComparison.OrdinalIgnoreCase)
            || (name.Length > 2 && char.IsLower(name[^3]) && name[^2] == 'I' && name[^1] is 'd' or 'D');
    }

    /// <summary>Whether the numbers are 0..N-1 or 1..N, in any order.</summary>
    private bool IsCounter()
    {
        if (column.Kind != ColumnKind.Number || !IsWhole || Minimum is not (0 or 1) || Maximum - Minimum != column.Count - 1)
            return false;
        BitArray seen = new(column.Count);
        for (int row = 0; row < column.Count; row++)
        {
            int place = (int)(column.Number(row) - Minimum);
            if (seen[place])
                return false;
            seen[place] = true;
        }

        return true;
    }

    private bool AreDifferent() => column.Kind == ColumnKind.Number
        ? IsWhole && DistinctNumbers(int.MaxValue)!.Count == column.Count
        : column.Levels.Count == column.Count || (column.Levels.Count == Table.MostLevels && column.Count > Table.MostLevels);
}
