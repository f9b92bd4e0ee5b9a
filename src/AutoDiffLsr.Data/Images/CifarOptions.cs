namespace AutoDiffLsr.Data;

/// <summary>Where CIFAR is looked for and where it is downloaded from. The defaults are those of a user's machine.</summary>
/// <param name="Kind">Which of the two.</param>
public sealed record CifarOptions(CifarKind Kind)
{
    /// <summary>A folder that must have the files, or the archive; nothing else is then tried.</summary>
    public string? Folder { get; init; }

    /// <summary>A folder that may have them, or a folder "cifar" in it; by default what <see cref="MnistOptions.EnvironmentVariable"/> says.</summary>
    public string? EnvironmentFolder { get; init; } = Environment.GetEnvironmentVariable(MnistOptions.EnvironmentVariable);

    /// <summary>The folder that downloads go to; by default AutoDiffLsr/cifar in the user's folder for local application data.</summary>
    public string CacheFolder { get; init; } = MnistOptions.CacheFolderOf("cifar");

    /// <summary>Addresses of folders with the archive, ending with a slash, tried in this order.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [new("https://www.cs.toronto.edu/~kriz/")];

    /// <summary>The length of the archive in bytes.</summary>
    public long Length { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Length), value, $"Length is {value}; it must be 1 or more."); }
        = Kind == CifarKind.Cifar10 ? 170_052_171 : 168_513_733;

    /// <summary>The SHA-256 of the archive, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = Kind == CifarKind.Cifar10
        ? "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
        : "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec";

    /// <summary>How long a server may stay silent before the next try.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
