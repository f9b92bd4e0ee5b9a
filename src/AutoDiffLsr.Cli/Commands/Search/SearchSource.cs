namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>The data of a search as the user asked for it.</summary>
/// <param name="Data">A built-in name, mnist, a folder or a file.</param>
/// <param name="MnistFolder">Where to look for mnist, or null.</param>
/// <param name="Target">The column to predict of a table, or null for what the table says.</param>
/// <param name="Task">"classification", "regression", or null for what the table says.</param>
/// <param name="Rows">The most rows to use, or null for all.</param>
internal sealed record SearchSource(string Data, string? MnistFolder, string? Target, string? Task, int? Rows)
{
    /// <summary>What the data is called in names of files.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Data)));

    public string Text() => $"data {Name}; target {Target}; task {Task}; rows {Rows}";
}
