using System.Security.Cryptography;
using System.Text;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>The folder of a search, which may hold results of the same one that was interrupted.</summary>
internal sealed class SearchFolder : IDisposable
{
    public const string Cells = "cells.jsonl", Loss = "learned.loss.json", Candidates = "candidates.csv", Result = "search.json", Report = "report.html";

    private const string Settings = "settings.txt";

    private readonly FolderLock folderLock;

    private SearchFolder(string path, FolderLock folderLock) => (Path, this.folderLock) = (path, folderLock);

    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or takes up the one that is there.</summary>
    /// <param name="path">The folder, or null for one whose name is a function of the plan, so that the same command finds it again.</param>
    /// <param name="plan">What is searched.</param>
    /// <param name="mayReplace">Whether a search with other settings is replaced.</param>
    /// <exception cref="UsageException">It has files of something else, or cannot be written.</exception>
    /// <exception cref="ModelFileException">Another process writes there.</exception>
    public static SearchFolder Prepare(string? path, SearchPlan plan, bool mayReplace)
    {
        string folder = path ?? DefaultName(plan);
        try
        {
            Directory.CreateDirectory(folder);
            OutputFolder.CheckEntries(folder);
            SearchFolder prepared = new(folder, FolderLock.Acquire(folder));
            if (prepared.Problem(plan.Text(), mayReplace) is not { } problem)
                return prepared;
            prepared.Dispose();
            throw new UsageException($"--output {folder} {problem}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--output {folder} cannot be written ({error.Message}): give a folder that can be made and written", error);
        }
    }

    public void Dispose() => folderLock.Dispose();

    /// <summary>Writes a file that appears as a whole or not at all.</summary>
    public void Write(string name, string text) => TextFile.Write(this[name], text);

    private string? Problem(string settings, bool mayReplace)
    {
        string[] entries = [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Where(entry => entry != FolderLock.FileName)];
        if (mayReplace && entries.Contains(Settings) && File.ReadAllText(this[Settings]).TrimEnd('\n') != settings)
            File.Delete(this[Cells]);
        if (entries.Length == 0 || mayReplace)
            Write(Settings, settings + "\n");
        else if (!entries.Contains(Settings))
            return $"is not empty and has no search to go on with: give a new or empty folder, that of the search, or {ForceOption.OptionName}";
        else if (File.ReadAllText(this[Settings]).TrimEnd('\n') is var before && before != settings)
            return $"has a search with other settings ({before}), but this one has ({settings}): give a new folder, or {ForceOption.OptionName} to begin anew";
        return null;
    }

    private static string DefaultName(SearchPlan plan)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Text())).AsSpan(0, 4));
        return System.IO.Path.Combine("runs", $"search-{plan.Source.Name}-{plan.Method}-{hash}");
    }
}
