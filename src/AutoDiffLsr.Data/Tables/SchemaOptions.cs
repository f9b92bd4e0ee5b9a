namespace AutoDiffLsr.Data.Tables;

/// <summary>What is known of a table's columns. Columns are named by their name, or by their index: 0 for the first, -1 for the last.</summary>
public sealed record SchemaOptions
{
    /// <summary>The column to predict, or several for a regression. By default the one that is called label, target, y or class, else the last.</summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>Whether classes or numbers are predicted. By default texts and few whole numbers are classes.</summary>
    public TableTask? Task { get; init; }

    /// <summary>Columns that are left out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns that are features although they look like identifiers, constants or free text.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Columns whose values are categories, though they may be numbers.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns that must be numbers: a text in one is an error.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];
}
