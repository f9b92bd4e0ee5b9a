using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Data as the user asked for it.</summary>
/// <param name="Source">A built-in name, mnist, cifar10, cifar100, a folder or a file.</param>
/// <param name="MnistFolder">Where to look for mnist or CIFAR, or null.</param>
/// <param name="LabelColumn">The column of a table to predict by name or index, or null for the usual one.</param>
/// <param name="TestFraction">The share of a table's rows that is tested on, in [0, 1), or null for the default.</param>
/// <param name="LabelNoise">The share of training labels that is made wrong on purpose, in [0, 1].</param>
internal sealed record DataSettings(string Source, string? MnistFolder, string? LabelColumn, double? TestFraction, double LabelNoise)
{
    /// <summary>The name that stands for MNIST.</summary>
    public const string Mnist = "mnist";

    public const double DefaultTestFraction = 0.2;

    /// <summary>The names that stand for the sets of CIFAR.</summary>
    public static IReadOnlyDictionary<string, CifarKind> Cifar { get; } = new Dictionary<string, CifarKind> { ["cifar10"] = CifarKind.Cifar10, ["cifar100"] = CifarKind.Cifar100 };

    /// <summary>The sources that have names; others are files and folders.</summary>
    public static IReadOnlyList<string> NamedSources { get; } = [.. BuiltInData.Names, Mnist, .. Cifar.Keys];

    /// <summary>Whether a table's classes or numbers are predicted; null where that is to be found out.</summary>
    public TableTask? Task { get; init; }

    /// <summary>Columns with commas between them, as the user wrote them; so are the next three.</summary>
    public string? Ignore { get; init; }

    public string? Keep { get; init; }

    public string? Categorical { get; init; }

    public string? Numeric { get; init; }

    /// <summary>Another table to test on.</summary>
    public string? TestFile { get; init; }

    /// <summary>The share that training is watched with.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>What is known of the layout of a table's text.</summary>
    public TableOptions Layout { get; init; } = new();

    /// <summary>What the data is called in the names of files.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Source)));

    /// <summary>What is known of the columns of a table.</summary>
    public SchemaOptions ColumnsOf(Table table) => new()
    {
        Target = Split(LabelColumn, table),
        Task = Task,
        Ignore = Split(Ignore, table),
        Keep = Split(Keep, table),
        Categorical = Split(Categorical, table),
        Numeric = Split(Numeric, table),
    };

    /// <summary>Names with commas between them; a column whose own name has a comma is meant by its whole name.</summary>
    public static IReadOnlyList<string> Split(string? columns, Table table) =>
        columns is null ? [] : table.Columns.Any(column => column.Name == columns) ? [columns] : columns.Split(',', StringSplitOptions.TrimEntries);
}
