namespace AutoDiffLsr.Cli.Output;

/// <summary>The one name that a file has, whichever links and relative names lead to it.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links in any of its parts; parts that are not there stay as they are.</summary>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    /// <summary>Whether one is the other, or lies in it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string inner = Of(path), outer = Path.TrimEndingDirectorySeparator(Of(folder));
        return inner == outer || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>Whether the path is a link, to something or to nothing.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string Of(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path;
        string here = Path.Combine(Of(folder, links), Path.GetFileName(path));
        return links > 0 && new FileInfo(here).LinkTarget is { } target ? Of(Path.GetFullPath(target, Path.GetDirectoryName(here)!), links - 1) : here;
    }
}
