using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiffLsr.SelfCheck;
using Xunit;

namespace AutoDiffLsr.Tests.Readme;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_program_in_the_readme_is_the_one_that_is_compiled_here()
    {
        string source = File.ReadAllText(Path.Combine(Folder(), "ReadmeProgram.cs"));
        string program = Between(source, "// README begins\n", "        // README ends");
        string shown = Between(File.ReadAllText(Path.Combine(Folder(), "../../../README.md")), "```csharp\n", "```");
        Assert.Equal(string.Join('\n', program.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim())), WithoutUsings(shown));
    }

    [Fact]
    public void The_program_in_the_readme_trains_its_net()
    {
        TextWriter console = Console.Out;
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        try
        {
            ReadmeProgram.Run();
        }
        finally
        {
            Console.SetOut(console);
        }

        Match accuracy = Accuracy().Match(output.ToString());
        Assert.True(accuracy.Success, output.ToString());
        Assert.InRange(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture), 95, 100);
    }

    private static string WithoutUsings(string program) => string.Join('\n', program.Split('\n').SkipWhile(line => line.StartsWith("using AutoDiffLsr", StringComparison.Ordinal) || line.Length == 0));

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    // Not the compiler's caller path: a build in CI writes that as /_/tests/..., so that the same source gives the same bits anywhere.
    internal static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AutoDiffLsr.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("No AutoDiffLsr.sln above the tests."), "tests", "AutoDiffLsr.Tests", "Readme");
    }

    [GeneratedRegex(@"test accuracy ([0-9.]+)")]
    private static partial Regex Accuracy();
}
