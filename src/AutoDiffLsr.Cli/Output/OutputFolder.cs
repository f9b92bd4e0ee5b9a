using System.Globalization;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Output;

/// <summary>The folder that the files of a run go to: new or empty, and writable before any work is done. Left empty, it is taken away again.</summary>
internal sealed class OutputFolder : IDisposable
{
    private const string DefaultParent = "runs";

    private readonly bool isNew;

    private OutputFolder(string path, bool isNew) => (Path, this.isNew) = (path, isNew);

    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or takes the empty one that is there.</summary>
    /// <param name="path">The folder, or null for a new one in runs.</param>
    /// <param name="name">What a new one is called, behind date and time.</param>
    /// <exception cref="UsageException">It is not empty, or cannot be written.</exception>
    public static OutputFolder Prepare(string? path, string name)
    {
        string folder = path ?? NewName(name);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new UsageException($"--output {folder} is not empty: give a new or empty folder");
            bool isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            CheckWritable(folder);
            return new OutputFolder(folder, isNew);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--output {folder} cannot be written ({error.Message}): give a folder that can be made and written", error);
        }
    }

    public void Dispose()
    {
        if (isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    private static string NewName(string name)
    {
        string time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string first = System.IO.Path.Combine(DefaultParent, $"{time}-{name}");
        string folder = first;
        for (int again = 2; Directory.Exists(folder); again++)
            folder = $"{first}-{again}";
        return folder;
    }

    private static void CheckWritable(string folder)
    {
        using FileStream probe = new(
            System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }
}
