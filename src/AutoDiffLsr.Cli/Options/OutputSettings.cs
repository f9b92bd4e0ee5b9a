namespace AutoDiffLsr.Cli.Options;

/// <summary>Where results go.</summary>
/// <param name="Folder">The folder for files, or null for a new one in runs.</param>
/// <param name="Json">A file for the result as JSON, - for standard output, or null.</param>
/// <param name="IsQuiet">Whether nothing but errors and wanted JSON is written to the screen.</param>
internal sealed record OutputSettings(string? Folder, string? Json, bool IsQuiet)
{
    /// <summary>Whether the files of an earlier run may be replaced.</summary>
    public bool MayReplace { get; init; }
}
