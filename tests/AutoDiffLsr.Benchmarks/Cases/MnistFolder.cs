using AutoDiffLsr.Data;

namespace AutoDiffLsr.Benchmarks.Cases;

/// <summary>Where MNIST is: $AUTODIFFLSR_DATA, or ../shared/data beside the folder of the solution.</summary>
internal static class MnistFolder
{
    public static string? Locate() => Candidates().FirstOrDefault(IdxFolder.IsComplete);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("AUTODIFFLSR_DATA") is { Length: > 0 } named)
        {
            yield return named;
            yield return Path.Combine(named, "mnist");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AutoDiffLsr.sln")))
                yield return Path.Combine(folder.FullName, "..", "shared", "data", "mnist");
        }
    }
}
