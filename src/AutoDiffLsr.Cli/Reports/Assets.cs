namespace AutoDiffLsr.Cli.Reports;

/// <summary>The style sheet and the script of a page, which are files of the project and are built into the tool.</summary>
internal static class Assets
{
    public static string Css { get; } = Read("page.css");

    public static string Script { get; } = Read("page.js");

    private static string Read(string name)
    {
        using Stream stream = typeof(Assets).Assembly.GetManifestResourceStream($"Reports.{name}")
            ?? throw new InvalidOperationException($"The tool was built without {name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
