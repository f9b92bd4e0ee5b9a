using System.Globalization;
using System.Reflection;
using AutoDiffLsr.Tests.Readme;
using Xunit;

namespace AutoDiffLsr.Tests.Examples;

/// <summary>The programs of docs/examples: each is at most 40 lines below its usings and prints what its last line says.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Programs => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ReadmeTests.Folder(), "../../../docs/examples");

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_is_short_and_prints_what_it_says(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, file));
        Assert.InRange(lines.Count(line => !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal)), 5, 40);
        Assert.Equal($"// dotnet run {file}", lines[1]);
        string name = string.Concat(Path.GetFileNameWithoutExtension(file).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        MethodInfo main = Assembly.Load("AutoDiffLsr.Examples").GetType(name)?.GetMethod("Main", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{file} has no class {name} with a Main.");
        TextWriter console = Console.Out;
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        try
        {
            main.Invoke(null, null);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Equal(lines[^1], $"// prints: {output.ToString().Trim()}");
    }
}
