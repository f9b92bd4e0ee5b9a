using Xunit;

namespace AutoDiffLsr.Tests.Support;

/// <summary>Real data beside the project, which a checkout may lack.</summary>
internal static class SharedData
{
    /// <summary>The path of <c>../shared/data/NAME</c> as seen from the folder of the solution; skips the test where there is none.</summary>
    public static string Require(string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(Repository.Root) ?? "", "shared", "data", name);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{name} is not here.");
        return path;
    }
}
