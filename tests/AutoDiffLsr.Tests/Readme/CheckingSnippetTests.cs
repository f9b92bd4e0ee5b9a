using Xunit;

namespace AutoDiffLsr.Tests.Readme;

/// <summary>Programs in the documents about checking compile as they are shown, and run. The first ones of the packages are compiled and run with the packages.</summary>
public sealed class CheckingSnippetTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(ReadmeTests.Folder(), "..", "..", ".."));

    private static readonly Dictionary<string, (int Block, Action Run)> Programs = new()
    {
        ["docs/checking.md"] = (0, CheckingSnippets.Document),
        ["src/AutoDiffLsr.Checking/README.md"] = (1, CheckingSnippets.Checking),
        ["src/AutoDiffLsr.Checking.FsCheck/README.md"] = (1, CheckingSnippets.Properties),
    };

    public static TheoryData<string> Documents => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_program_in_a_document_is_the_one_that_is_compiled_here_and_runs(string document)
    {
        string[] source = File.ReadAllLines(Path.Combine(ReadmeTests.Folder(), "CheckingSnippets.cs"));
        string[] compiled = [.. source.SkipWhile(line => line.Trim() != $"// {document} begins").Skip(1).TakeWhile(line => line.Trim() != $"// {document} ends").Select(line => line.Length > 8 ? line[8..] : "")];
        string[] shown = File.ReadAllText(Path.Combine(Root, document)).Split("```csharp\n")[1 + Programs[document].Block].Split("\n```")[0].Split('\n');
        string[] usings = [.. shown.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal))];
        Assert.NotEmpty(usings);
        Assert.Equal([], usings.Except(source));
        Assert.Equal(compiled, shown.Skip(usings.Length + 1));
        Assert.Equal([], Needed(compiled).Except(usings));
        Programs[document].Run();
    }

    /// <summary>The namespaces of what a program names, so that none is missing in a new file.</summary>
    private static IEnumerable<string> Needed(string[] program)
    {
        string text = string.Join('\n', program);
        (string Word, string Using)[] words =
        [
            ("GradientCheck.", "AutoDiffLsr.Checking"), ("GradientProperty.", "AutoDiffLsr.Checking.FsCheck"), ("NumericalGradient.", "AutoDiffLsr.Checking.Numerical"),
            ("Variable<", "AutoDiffLsr.Autodiff"), ("Dense<", "AutoDiffLsr.Layers"), ("RandomSource(", "AutoDiffLsr.Numerics"), (" v.", "AutoDiffLsr.Operations"),
            ("Matrix<", "MathNet.Numerics.LinearAlgebra"), ("IFloatingPointIeee754", "System.Numerics"),
        ];
        return words.Where(word => text.Contains(word.Word, StringComparison.Ordinal)).Select(word => $"using {word.Using};");
    }
}
