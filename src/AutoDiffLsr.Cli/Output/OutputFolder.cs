using System.Globalization;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Output;

/// <summary>The folder that the files of a run go to: new or empty, and writable before any work is done. Left empty, it is taken away again.</summary>
internal sealed class OutputFolder : IDisposable
{
    private const string DefaultParent = "runs";

    private readonly bool isNew, mayReplace;
    private readonly FolderLock folderLock;

    private OutputFolder(string path, bool isNew, bool mayReplace, FolderLock folderLock) => (Path, this.isNew, this.mayReplace, this.folderLock) = (path, isNew, mayReplace, folderLock);

    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or takes the empty one that is there.</summary>
    /// <param name="path">The folder, or null for a new one in runs.</param>
    /// <param name="name">What a new one is called, behind date and time.</param>
    /// <param name="mayReplace">Whether files of an earlier run in it may be replaced; others are left alone.</param>
    /// <exception cref="UsageException">It is not empty, or cannot be written.</exception>
    /// <exception cref="ModelFileException">Another process writes there.</exception>
    public static OutputFolder Prepare(string? path, string name, bool mayReplace) => Open(path ?? NewName(name), mayReplace, entries => entries.Length == 0 || mayReplace
        ? null
        : $"is not empty: give a new or empty folder, or {ForceOption.OptionName} to replace the files of a run in it");

    /// <summary>Takes a folder with a checkpoint, or one in which a training was killed before it wrote its first, or a new one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="checkpoint">The name of the checkpoint.</param>
    /// <param name="settings">The name of the file that a training leaves before its first checkpoint.</param>
    /// <exception cref="UsageException">No folder is given, it has other files and no checkpoint, or cannot be written.</exception>
    /// <exception cref="ModelFileException">Another process writes there.</exception>
    public static OutputFolder Resume(string? path, string checkpoint, string settings)
    {
        if (path is null)
            throw new UsageException("--resume needs --output DIR: the folder of the training to go on with");
        return Open(path, mayReplace: true, entries => entries.Contains(checkpoint) || entries.All(entry => entry == settings)
            ? null
            : $"has files but no {checkpoint} to resume from: give the folder of a training that had --checkpoint-every");
    }

    public void Dispose()
    {
        folderLock.Dispose();
        if (isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    /// <summary>Locks the folder before it is looked at, so that what is seen there is nobody's work in progress.</summary>
    private static OutputFolder Open(string folder, bool mayReplace, Func<string[], string?> problem)
    {
        try
        {
            bool isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            CheckWritable(folder);
            CheckEntries(folder);
            OutputFolder opened = new(folder, isNew, mayReplace, FolderLock.Acquire(folder));
            RemoveLeftovers(folder);
            string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry)).Where(entry => entry != FolderLock.FileName)];
            if (problem(entries) is not { } reason)
                return opened;
            opened.Dispose();
            throw new UsageException($"--output {folder} {reason}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--output {folder} cannot be written ({error.Message}): give a folder that can be made and written", error);
        }
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

    /// <summary>Writes a file that appears as a whole or not at all.</summary>
    public void Write(string name, string text) => TextFile.Write(this[name], text);

    /// <summary>Takes away files of an earlier run, so that files of two runs are never mixed.</summary>
    public void Replace(IEnumerable<string> names)
    {
        foreach (string name in mayReplace ? names : [])
            File.Delete(this[name]);
    }

    /// <summary>Refuses a folder with links in it: what they point to would be taken for a file of a run.</summary>
    /// <exception cref="UsageException">There is one: the message names it.</exception>
    public static void CheckEntries(string folder)
    {
        if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(RealPath.IsLink) is { } link)
            throw new UsageException($"--output {folder} has a link, {System.IO.Path.GetFileName(link)}, which is not followed: give another folder, or remove it");
    }

    /// <summary>What a killed process left half written. The folder is locked, so nobody else's work is among it.</summary>
    private static void RemoveLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => OutputFile.IsTemporary(System.IO.Path.GetFileName(path))))
            File.Delete(path);
    }

    /// <summary>Makes a file and takes it away again.</summary>
    /// <exception cref="IOException">The folder cannot be written; so says UnauthorizedAccessException.</exception>
    public static void CheckWritable(string folder)
    {
        using FileStream probe = new(
            System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }
}
