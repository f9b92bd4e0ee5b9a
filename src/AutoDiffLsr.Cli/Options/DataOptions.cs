using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Which data, and how it is split.</summary>
internal sealed class DataOptions : IOptionGroup
{
    private readonly Option<string> data = new("--data")
    {
        Description = "A generated data set (digits, shapes, moons, spirals, blobs), mnist, cifar10, cifar100, a folder with four IDX files in MNIST's layout or with the binary files of CIFAR, or a CSV file.",
        HelpName = "NAME|DIR|FILE.csv",
        DefaultValueFactory = _ => "digits",
    };

    private readonly Option<string?> folder = new("--data-dir")
    {
        Description = "For mnist, cifar10 and cifar100: the folder that has the files (default: the variable AUTODIFFLSR_DATA, then the cache, then a download).",
        HelpName = "DIR",
    };

    private readonly Option<string?> labelColumn = new("--label-column")
    {
        Description = "For a CSV file: the column of the labels by its name or its index, 0 for the first, -1 for the last (default: the last).",
        HelpName = "NAME|INDEX",
    };

    private readonly Option<double?> testFraction = NumberOption.OptionalReal(
        "--test-fraction", $"For a CSV file: the share of each class that is tested on (default: {DataSettings.DefaultTestFraction}).", Interval.Open(0, 1));

    private readonly Option<double> labelNoise = NumberOption.Real(
        "--label-noise", "The share of training labels that is made wrong on purpose.", Interval.Closed(0, 1), 0);

    private readonly bool hasLabelNoise;

    /// <summary>The options.</summary>
    /// <param name="hasLabelNoise">Whether one label noise is among them.</param>
    public DataOptions(bool hasLabelNoise = true)
    {
        this.hasLabelNoise = hasLabelNoise;
        data.CompletionSources.Add([.. DataSettings.NamedSources]);
    }

    /// <inheritdoc/>
    public IEnumerable<Option> Options => hasLabelNoise ? [data, folder, labelColumn, testFraction, labelNoise] : [data, folder, labelColumn, testFraction];

    /// <summary>The data that the arguments ask for.</summary>
    public DataSettings Read(ParseResult result) => new(
        result.GetRequiredValue(data),
        result.GetValue(folder),
        result.GetValue(labelColumn),
        result.GetValue(testFraction),
        hasLabelNoise ? result.GetRequiredValue(labelNoise) : 0);
}
