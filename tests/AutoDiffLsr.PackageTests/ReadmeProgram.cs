using System.Text.RegularExpressions;

namespace AutoDiffLsr.PackageTests;

/// <summary>The program that a package's readme begins with, and what the readme says that it prints.</summary>
internal sealed partial record ReadmeProgram(string Source, string Output)
{
    /// <summary>Reads the first C# block and the block of text behind it.</summary>
    public static ReadmeProgram Of(string readme)
    {
        Match match = Blocks().Match(readme.ReplaceLineEndings("\n"));
        return match.Success
            ? new(match.Groups["source"].Value, match.Groups["output"].Value)
            : throw new FormatException($"The readme has no C# program that is followed by its output:\n{readme}");
    }

    /// <summary>The program as a method Run of a class, in a file of its own.</summary>
    public string ToClass(string name)
    {
        ILookup<bool, string> lines = Source.Split('\n').ToLookup(line => Using().IsMatch(line));
        return $"{string.Join('\n', lines[true])}\ninternal static class {name}\n{{\n    public static void Run()\n    {{\n{string.Join('\n', lines[false])}\n    }}\n}}\n";
    }

    [GeneratedRegex("```csharp\n(?<source>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^using [A-Z][\w.]*;$")]
    private static partial Regex Using();
}
