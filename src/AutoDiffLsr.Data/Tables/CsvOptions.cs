namespace AutoDiffLsr.Data;

/// <summary>How a CSV file is laid out. The defaults read most files as they are.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// The column of the labels: its name in the header, or its index (0 is the first, 1 the second; -1 the last, -2 the one before). A whole
    /// number is always an index. By default the last column.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>Whether the rows have labels; without, every column is a feature.</summary>
    public bool HasLabels { get; init; } = true;

    /// <summary>
    /// Whether the first row has the names of the columns. By default it is looked at: it has them when one of its feature fields is not a
    /// number, or when <see cref="LabelColumn"/> is a name.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>The separator between fields: an ASCII character, by default a comma.</summary>
    public char Separator { get; init; } = ',';
}
