using System.CommandLine;
using AutoDiffLsr.Data.Tables;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Which data, what its columns are, and how it is split.</summary>
internal sealed class DataOptions : IOptionGroup
{
    private readonly InputOption<string> data = new("--data")
    {
        Description = "A table (CSV and its like, also gzip), a generated data set (digits, shapes, moons, spirals, blobs), mnist, cifar10, cifar100, or a folder with four IDX files in MNIST's layout or with the binary files of CIFAR.",
        HelpName = "FILE|NAME|DIR",
        DefaultValueFactory = _ => "digits",
    };

    private readonly InputOption<string?> folder = new("--data-dir")
    {
        Description = "For mnist, cifar10 and cifar100: the folder that has the files (default: the variable AUTODIFFLSR_DATA, then the cache, then a download).",
        HelpName = "DIR",
    };

    private readonly Option<string?> labelColumn = new("--label-column")
    {
        Description = "For a table: the column to predict by its name or its index, 0 for the first, -1 for the last; several with commas for a regression (default: the one called label, target, y or class, else the last).",
        HelpName = "NAME|INDEX",
    };

    private readonly ChoiceOption<TableTask> task = new(
        "--task", "For a table: whether classes or numbers are predicted (default: found out).", null, ("classification", TableTask.Classification), ("regression", TableTask.Regression));

    private readonly Option<string?> ignore = Columns("--ignore-columns", "For a table: columns that are left out.");

    private readonly Option<string?> keep = Columns("--keep-columns", "For a table: columns that are kept although they look like identifiers, constants or free text.");

    private readonly Option<string?> categorical = Columns("--categorical", "For a table: columns whose values are categories, though they may be numbers.");

    private readonly Option<string?> numeric = Columns("--numeric", "For a table: columns that must be numbers.");

    private readonly InputOption<string?> test = new("--test") { Description = "For a table: another file of the same columns to test on (default: a part of --data).", HelpName = "FILE" };

    private readonly Option<double?> testFraction = NumberOption.OptionalReal(
        "--test-fraction", $"For a table: the share of each class that is tested on, 0 for none (default: {DataSettings.DefaultTestFraction}).", Interval.FromUpTo(0, 1));

    private readonly Option<double> validationFraction = NumberOption.Real(
        "--validation-fraction", "For a table: the share that training is watched with in place of the test part.", Interval.FromUpTo(0, 1), 0);

    private readonly Option<double> labelNoise = NumberOption.Real(
        "--label-noise", "The share of training labels that is made wrong on purpose.", Interval.Closed(0, 1), 0);

    private readonly TableFileOptions file = new();
    private readonly bool hasLabelNoise;

    /// <summary>The options.</summary>
    /// <param name="hasLabelNoise">Whether one label noise is among them.</param>
    public DataOptions(bool hasLabelNoise = true)
    {
        this.hasLabelNoise = hasLabelNoise;
        data.CompletionSources.Add([.. DataSettings.NamedSources]);
    }

    /// <inheritdoc/>
    public string Title => "Data";

    /// <inheritdoc/>
    public IEnumerable<Option> Options =>
    [
        data, folder, labelColumn, task, test, testFraction, validationFraction, ignore, keep, categorical, numeric, .. file.Options, .. hasLabelNoise ? [labelNoise] : Array.Empty<Option>(),
    ];

    /// <summary>The data that the arguments ask for.</summary>
    public DataSettings Read(ParseResult result) => new(
        result.GetRequiredValue(data),
        result.GetValue(folder),
        result.GetValue(labelColumn),
        result.GetValue(testFraction),
        hasLabelNoise ? result.GetRequiredValue(labelNoise) : 0)
    {
        Task = result.GetValue(task) is null ? null : task.Read(result),
        Ignore = result.GetValue(ignore),
        Keep = result.GetValue(keep),
        Categorical = result.GetValue(categorical),
        Numeric = result.GetValue(numeric),
        TestFile = result.GetValue(test),
        ValidationFraction = result.GetRequiredValue(validationFraction),
        Layout = file.Read(result),
    };

    private static Option<string?> Columns(string name, string description) => new(name)
    {
        Description = $"{description[..^1]}, by names or indices with commas between them.",
        HelpName = "NAME,...",
    };
}
