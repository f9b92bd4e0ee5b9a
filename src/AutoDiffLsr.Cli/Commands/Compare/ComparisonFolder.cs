using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>The folder of a comparison, which may hold finished runs of the same one.</summary>
internal sealed class ComparisonFolder : IDisposable
{
    private const string Cells = "cells";

    private readonly FolderLock folderLock;

    private readonly bool mayReplace;

    private ComparisonFolder(string path, FolderLock folderLock, bool mayReplace) => (Path, this.folderLock, this.mayReplace) = (path, folderLock, mayReplace);

    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or takes up the one that is there.</summary>
    /// <param name="path">The folder, or null for one whose name is a function of the plan, so that the same command finds it again.</param>
    /// <param name="plan">What is compared.</param>
    /// <param name="mayReplace">Whether runs with other settings are replaced.</param>
    /// <exception cref="UsageException">It has files of something else, or cannot be written.</exception>
    /// <exception cref="ModelFileException">Another process writes there.</exception>
    public static ComparisonFolder Prepare(string? path, ComparisonPlan plan, bool mayReplace)
    {
        string folder = path ?? DefaultName(plan);
        try
        {
            if (!Directory.Exists(System.IO.Path.Combine(folder, Cells)))
            {
                using OutputFolder made = OutputFolder.Prepare(folder, "", mayReplace);
                Directory.CreateDirectory(made[Cells]);
            }

            OutputFolder.CheckEntries(folder);
            OutputFolder.CheckEntries(System.IO.Path.Combine(folder, Cells));
            return new ComparisonFolder(folder, FolderLock.Acquire(folder), mayReplace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {folder} cannot be written ({error.Message}): give a folder that can be made and written", error);
        }
    }

    /// <summary>The result of a cell that is finished already, or null.</summary>
    /// <exception cref="UsageException">The file is that of a run with other settings, or is damaged.</exception>
    public CellResult? Read(ComparisonCell cell, string settings)
    {
        string file = FileOf(cell);
        if (!File.Exists(file))
            return null;
        CellResult? result = Parse(file);
        if (result?.Settings != settings && mayReplace)
            return null;
        if (result?.Settings != settings)
            throw new UsageException($"{file} is of a run with other settings ({result?.Settings}), but this one has ({settings}): give a new folder with --output, or {ForceOption.OptionName} to replace the runs");
        return result;
    }

    /// <summary>Keeps a result.</summary>
    public void Write(ComparisonCell cell, CellResult result) =>
        TextFile.Write(FileOf(cell), JsonTarget.Render(writer => JsonSerializer.Serialize(writer, result, ComparisonJson.Default.CellResult)));

    /// <summary>Writes a file of the comparison.</summary>
    public void Write(string name, string text) => TextFile.Write(this[name], text);

    public void Dispose() => folderLock.Dispose();

    private static CellResult? Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ComparisonJson.Default.CellResult);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file} is not the result of a run ({error.Message}): remove it, and the run is done again", error);
        }
    }

    private string FileOf(ComparisonCell cell) => System.IO.Path.Combine(Path, Cells, cell.FileName);

    private static string DefaultName(ComparisonPlan plan)
    {
        string text = $"{plan.CommonText()}; {string.Join(", ", plan.Cells.Select(cell => cell.Name))}";
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
        return System.IO.Path.Combine("runs", $"compare-{plan.Settings.Data.Name}-{name}");
    }
}
