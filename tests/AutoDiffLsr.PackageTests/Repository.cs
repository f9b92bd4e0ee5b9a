namespace AutoDiffLsr.PackageTests;

/// <summary>The checkout that is tested.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Whether git knows the commit, which it does not in an unpacked archive.</summary>
    public static bool HasGit { get; } = Path.Exists(Path.Combine(Root, ".git"));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AutoDiffLsr.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No AutoDiffLsr.sln above the tests.");
    }
}
