using System.Xml.Linq;

namespace AutoDiffLsr.PackageTests;

/// <summary>A project outside the checkout that knows the packages by name and version only, and runs the programs of their readmes.</summary>
internal sealed class ConsumerProject
{
    private readonly string folder;
    private readonly string cache;

    /// <summary>Writes the project.</summary>
    public ConsumerProject(PackedSolution solution, string name, IReadOnlyList<string> packages, bool aot = false)
    {
        folder = Directory.CreateDirectory(Path.Combine(solution.Folder, name)).FullName;
        cache = Path.Combine(solution.Folder, "cache");
        Write("nuget.config", Configuration(solution));
        Write("Consumer.csproj", Project(solution.Version, packages, aot));
        List<string> calls = [];
        List<string> outputs = [];
        foreach (string package in packages)
        {
            using PackageFile file = new(solution.PathOf(package));
            ReadmeProgram program = ReadmeProgram.Of(file.ReadText("README.md"));
            string type = $"{package.Replace('.', '_')}_Readme";
            Write($"{type}.cs", program.ToClass(type));
            calls.Add($"{type}.Run();\n");
            outputs.Add(program.Output);
        }

        Write("Program.cs", string.Concat(calls));
        Output = string.Concat(outputs);
    }

    /// <summary>What the readmes say that their programs print.</summary>
    public string Output { get; }

    /// <summary>Runs dotnet in the project's folder.</summary>
    public DotnetRun Dotnet(params string[] arguments) => DotnetRun.DotnetWithCache(cache, folder, arguments);

    /// <summary>Runs a program that the project was made into.</summary>
    public DotnetRun Run(string output) =>
        DotnetRun.Program(Path.Combine(folder, output, OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer"), folder);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    // A cache of its own for ours, and what the machine has of others' packages. The version is in no other source.
    private static string Configuration(PackedSolution solution) => new XElement(
        "configuration",
        new XElement("fallbackPackageFolders", Add("machine", MachinePackages())),
        new XElement("packageSources", Add("packed", solution.Packages))).ToString();

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Project(string version, IReadOnlyList<string> packages, bool aot) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("OutputType", "Exe"),
            new XElement("TargetFramework", "net10.0"),
            new XElement("Nullable", "enable"),
            new XElement("ImplicitUsings", "enable"),
            new XElement("TreatWarningsAsErrors", true),
            new XElement("InvariantGlobalization", true),
            new XElement("UseSharedCompilation", false),
            new XElement("PublishAot", aot),
            new XElement("DisableTransitiveFrameworkReferenceDownloads", true)),
        new XElement(
            "ItemGroup",
            packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package), new XAttribute("Version", version))))).ToString();
}
