using AutoDiffLsr.Data;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Data as the user asked for it.</summary>
/// <param name="Source">A built-in name, mnist, cifar10, cifar100, a folder or a file.</param>
/// <param name="MnistFolder">Where to look for mnist or CIFAR, or null.</param>
/// <param name="LabelColumn">The label column of a CSV file by name or index, or null for the last one.</param>
/// <param name="TestFraction">The share of a CSV file's samples that is tested on, in (0, 1), or null for the default.</param>
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

    /// <summary>What the data is called in the names of files.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Source)));
}
