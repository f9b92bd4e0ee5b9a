using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
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

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"test accuracy ([0-9.]+)")]
    private static partial Regex Accuracy();
}
