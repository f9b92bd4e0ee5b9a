using Xunit;

namespace AutoDiffLsr.Tests.Support;

/// <summary>Real data beside the project, which a checkout may lack.</summary>
internal static class SharedData
{
    /// <summary>The path of <c>../shared/data/NAME</c> as seen from the folder of the solution; skips the test where there is none.</summary>
    public static string Require(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AutoDiffLsr.sln")))
            folder = folder.Parent;
        string path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{name} is not here.");
        return path;
    }
}
