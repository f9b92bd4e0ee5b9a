using System.Globalization;
using System.Reflection;
using Xunit;

namespace AutoDiffLsr.PackageTests;

/// <summary>The solution, packed once for all tests into a folder of its own outside the checkout, with a version that no cache has seen.</summary>
public sealed class PackedSolution : IDisposable
{
    /// <summary>Packs what was built with the tests, in their configuration.</summary>
    public PackedSolution()
    {
        Folder = Directory.CreateTempSubdirectory("autodifflsr-packages-").FullName;
        Packages = Pack("packages");
    }

    /// <summary>The packages, in the order in which one needs the other.</summary>
    public static TheoryData<string> Libraries => ["AutoDiffLsr", "AutoDiffLsr.Data", "AutoDiffLsr.Onnx", "AutoDiffLsr.Checking", "AutoDiffLsr.Checking.FsCheck"];

    /// <summary>The libraries and the tool.</summary>
    public static TheoryData<string> All => [.. Libraries, Tool];

    /// <summary>The tool's package.</summary>
    public static string Tool => "autodiff-lsr";

    /// <summary>A folder for what the tests write.</summary>
    public string Folder { get; }

    /// <summary>The folder of the packages.</summary>
    public string Packages { get; }

    /// <summary>The version of all of them.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow.Ticks}");

    /// <summary>The file of a package, or of its symbols.</summary>
    public string PathOf(string package, string extension = "nupkg") => Path.Combine(Packages, $"{package}.{Version}.{extension}");

    /// <summary>Packs into a new folder.</summary>
    public string Pack(string name)
    {
        string folder = Path.Combine(Folder, name);
        string configuration = typeof(PackedSolution).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        DotnetRun.Dotnet(Repository.Root, "pack", "AutoDiffLsr.sln", "--no-build", "-c", configuration, "-o", folder, $"-p:PackageVersion={Version}", "-v", "minimal").Succeeded();
        return folder;
    }

    /// <summary>Deletes it all.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
