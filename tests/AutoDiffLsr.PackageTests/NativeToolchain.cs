namespace AutoDiffLsr.PackageTests;

/// <summary>What NativeAOT needs of a machine besides the SDK: its compiler's package and a linker.</summary>
internal static class NativeToolchain
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <PublishAot>true</PublishAot>
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Fetches the compiler into the machine's own cache, where the next run finds it. A failure shows when it is used.</summary>
    public static void Fetch(string folder)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, "toolchain")).FullName;
        File.WriteAllText(Path.Combine(project, "Toolchain.csproj"), Project);
        _ = DotnetRun.Dotnet(project, "restore");
    }

    /// <summary>Why a publication failed, if it is because the machine lacks one of the two; otherwise null.</summary>
    public static string? WhyMissing(string output)
    {
        string[] lines = output.Split('\n');
        if (Array.Find(lines, line => line.Contains("Platform linker", StringComparison.Ordinal)) is { } linker)
            return $"NativeAOT finds no linker here: {linker.Trim()}";
        return Array.Find(lines, line => line.Contains(": error NU1", StringComparison.Ordinal) && line.Contains("ILCompiler", StringComparison.OrdinalIgnoreCase)) is { } compiler
            ? $"The package of NativeAOT's compiler cannot be had here: {compiler.Trim()}"
            : null;
    }
}
