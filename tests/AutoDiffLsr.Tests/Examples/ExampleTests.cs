using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Data;
using AutoDiffLsr.Tests.Readme;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Examples;

/// <summary>The programs of docs/examples: each is at most 40 lines below its usings and prints what its last line says, or is a project of tests that pass.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Programs => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ReadmeTests.Folder(), "../../../docs/examples");

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_is_short_and_prints_what_it_says(string file)
    {
        string[] lines = Lines(file, $"// dotnet run {file}");
        string name = string.Concat(Path.GetFileNameWithoutExtension(file).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        MethodInfo main = Assembly.Load("AutoDiffLsr.Examples").GetType(name)?.GetMethod("Main", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{file} has no class {name} with a Main.");
        TextWriter console = Console.Out;
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        UseSharedMnist();
        try
        {
            if (main.Invoke(null, null) is Task running)
                await running;
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Equal(lines[^1], $"// prints: {output.ToString().Trim()}");
    }

    [Fact]
    public async Task The_script_is_short_and_prints_what_it_says()
    {
        const string File = "fsharp-script.fsx";
        string[] lines = Lines(File, $"// dotnet fsi {File}");

        // The packages that the script names are not published; here it gets the assemblies of this build in their place.
        Type[] packages = [typeof(Tape<>), typeof(GradientCheck), typeof(Matrix<>)];
        string script = Path.Combine(Directory.CreateTempSubdirectory().FullName, File);
        await System.IO.File.WriteAllLinesAsync(script, lines.Where(line => !line.StartsWith("#r ", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        string output = await Dotnet(["fsi", "--quiet", .. packages.Select(type => $"-r:{type.Assembly.Location}"), script]);
        Assert.Equal(lines[^1], $"// prints: {output.Trim()}");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public async Task The_property_of_an_own_operation_passes_in_xunit(string version)
    {
        string folder = $"own-operation-xunit{version}";
        Lines($"{folder}/OwnOperationTests.cs", $"// dotnet test {folder}");
        string build = Path.GetRelativePath(Path.Combine(ReadmeTests.Folder(), "../bin"), AppContext.BaseDirectory);
        string output = await Dotnet(["vstest", Path.GetFullPath(Path.Combine(Folder, folder, "bin", build, $"OwnOperation.Xunit{version}.dll"))]);
        Assert.Contains("Failed:     0, Passed:     2, Skipped:     0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_names_every_example()
    {
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        string[] examples = [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Where(name => Path.GetExtension(name) is ".cs" or ".fsx" or "")];
        Assert.Equal(20, examples.Length);
        Assert.All(examples, name => Assert.Contains($"]({name})", index, StringComparison.Ordinal));
    }

    /// <summary>The lines of an example, which is at most 40 lines without its usings and first comments, and says in the second how it is run.</summary>
    private static string[] Lines(string file, string command)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, file));
        string[] apart = ["using ", "open ", "#", "//"];
        Assert.InRange(lines.Count(line => !apart.Any(start => line.StartsWith(start, StringComparison.Ordinal))), 5, 40);
        Assert.Equal(command, lines[1]);
        return lines;
    }

    private static async Task<string> Dotnet(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
        return await output;
    }

    /// <summary>The autoencoder sees MNIST where the tests find it, and generated digits elsewhere.</summary>
    private static void UseSharedMnist()
    {
        string folder = Path.Combine(ReadmeTests.Folder(), "../../../../shared/data");
        if (Directory.Exists(folder) && Environment.GetEnvironmentVariable(MnistOptions.EnvironmentVariable) is null)
            Environment.SetEnvironmentVariable(MnistOptions.EnvironmentVariable, folder);
    }
}
