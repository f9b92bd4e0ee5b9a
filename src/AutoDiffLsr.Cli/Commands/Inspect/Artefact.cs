using System.Text.Json;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Cli.Training;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Cli.Commands.Inspect;

/// <summary>A file that a run left, or the folder of a run, and where it comes from.</summary>
/// <param name="Path">The file that was read.</param>
/// <param name="Provenance">Its record; null for a file without one.</param>
/// <param name="Model">The model, where it is one.</param>
/// <param name="Json">The content, where it is JSON.</param>
internal sealed record Artefact(string Path, RunProvenance? Provenance, Model? Model = null, JsonElement? Json = null)
{
    private const long MostBytes = 200_000_000;

    /// <summary>The files that speak for a whole folder, and for the tables and pictures in it.</summary>
    private static readonly string[] Summaries = ["metrics.json", "comparison.json", "search.json", SettingsFile.FileName, "report.html"];

    /// <summary>Reads a file by what its name says it is: JSON, a report, a table beside a summary, and else a model.</summary>
    /// <exception cref="UsageException">There is no such file, or it is none that a run leaves.</exception>
    /// <exception cref="ModelFileException">It is a damaged model.</exception>
    public static Artefact Read(string path)
    {
        if (Directory.Exists(path))
            return Read(SummaryIn(path) ?? throw new UsageException($"{path} has none of {string.Join(", ", Summaries)}: give the folder of a run, or a file in it"));
        if (!File.Exists(path))
            throw new UsageException($"{path}: there is no such file or folder");
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => ReadJson(path),
            ".html" => new Artefact(path, ProvenanceSection.Find(Text(path))),
            ".safetensors" when System.IO.Path.GetFileName(path) == RunFiles.Checkpoint => OfNeighbour(path),
            ".csv" or ".svg" or ".dot" or ".mmd" => OfNeighbour(path),
            _ => OfModel(path, ModelFiles.Load(path)),
        };
    }

    /// <summary>A file without a record of its own, by that of the run in whose folder it is.</summary>
    private static Artefact OfNeighbour(string path) =>
        new(path, SummaryIn(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!) is { } summary ? Read(summary).Provenance : null);

    private static Artefact OfModel(string path, Model model) =>
        new(path, model.Info.Attachments.TryGetValue(RunProvenance.Key, out string? json) ? RunProvenance.Parse(json) : null, model);

    private static Artefact ReadJson(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Text(path));
            JsonElement root = document.RootElement.Clone();
            bool has = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(RunProvenance.Key, out JsonElement _);
            return new Artefact(path, has ? RunProvenance.Parse(root.GetProperty(RunProvenance.Key).GetRawText()) : null, Json: root);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path} is no JSON (line {error.LineNumber + 1})", error);
        }
    }

    private static string? SummaryIn(string folder) => Summaries.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes ? File.ReadAllText(path) : throw new UsageException($"{path} is too large for a file that a run leaves");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
