namespace AutoDiffLsr.Data.Tables;

/// <summary>How the text of a table is laid out. What is null is found out from the first rows of the file.</summary>
public sealed record TableOptions
{
    /// <summary>The character between fields: a comma, a semicolon, a tab, a space (any number of them) or |, or another ASCII character.</summary>
    public char? Separator { get; init; }

    /// <summary>The decimal mark of numbers, '.' or ','.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The encoding by name, such as utf-8, utf-16, latin1 or windows-1252.</summary>
    public string? Encoding { get; init; }

    /// <summary>Spellings of a missing value besides those in <see cref="UsualMissingValues"/>. A number stands for that number however it is written.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The spellings that always mean a missing value: those of pandas, R and SQL, and the question mark of the UCI repository. An empty field is missing too.</summary>
    public static IReadOnlyList<string> UsualMissingValues { get; } =
    [
        "?", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "null", "NULL", "None", "<NA>", "#N/A", "#N/A N/A", "#NA", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
    ];
}
