namespace AutoDiffLsr.Data;

/// <summary>Where MNIST is looked for and where it is downloaded from. The defaults are those of a user's machine.</summary>
public sealed record MnistOptions
{
    /// <summary>The environment variable that names a folder with data.</summary>
    public const string EnvironmentVariable = "AUTODIFFLSR_DATA";

    /// <summary>A folder that must have the files (or a folder "mnist" in it that has them); nothing else is then tried.</summary>
    public string? Folder { get; init; }

    /// <summary>A folder that may have the files, or a folder "mnist" in it; by default what <see cref="EnvironmentVariable"/> says.</summary>
    public string? EnvironmentFolder { get; init; } = Environment.GetEnvironmentVariable(EnvironmentVariable);

    /// <summary>The folder that downloads go to; by default AutoDiffLsr/mnist in the user's folder for local application data.</summary>
    public string CacheFolder { get; init; } = CacheFolderOf("mnist");

    /// <summary>Addresses of folders with the files, ending with a slash, tried in this order.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];

    /// <summary>The four files.</summary>
    public IReadOnlyList<MnistFile> Files { get; init; } =
    [
        new(IdxFolder.TrainImages, 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new(IdxFolder.TrainLabels, 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new(IdxFolder.TestImages, 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new(IdxFolder.TestLabels, 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>How long a server may stay silent before the next try.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    internal static string CacheFolderOf(string name)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "AutoDiffLsr", name);
    }
}
