using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>docs/getting-started.md: its programs print what it says, and its mistakes give the messages that it shows.</summary>
public sealed partial class GettingStartedTests
{
    private const string Page = "docs/getting-started.md";

    private const string Usings = """
        using AutoDiffLsr.Autodiff;
        using AutoDiffLsr.Layers;
        using AutoDiffLsr.Losses;
        using AutoDiffLsr.Numerics;
        using AutoDiffLsr.Operations;
        using AutoDiffLsr.Optimizers;
        using MathNet.Numerics.LinearAlgebra;

        """;

    [Fact]
    public void Every_program_prints_and_every_mistake_says_what_the_page_shows()
    {
        string text = Repository.Read(Page);
        int count = 0;
        string actual = Program().Replace(text, match =>
        {
            count++;
            string source = match.Groups[1].Value;
            string output = DocumentProgram.Output(source.StartsWith("using AutoDiffLsr", StringComparison.Ordinal) ? source : Usings + source, $"program {count}");
            return $"```csharp\n{source}```\n\n```text\n{output.TrimEnd('\n')}\n```";
        });
        Assert.Equal(10, count);
        if (Environment.GetEnvironmentVariable("AUTODIFFLSR_WRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Page), actual);
        else
            Assert.Equal(text, actual);
    }

    [Fact]
    public void The_program_in_fsharp_is_compiled_and_run_by_the_tests()
    {
        string shown = Repository.Read(Page).Split("> ```fsharp\n")[1].Split("> ```")[0];
        string[] lines = [.. shown.Split('\n').Select(line => line.TrimStart('>').Trim()).Where(line => line.Length > 0)];
        string[] compiled = [.. Repository.Read("tests/Languages/FSharp/Gradients.fs").Split('\n').Select(line => line.Trim())];
        Assert.Equal([], lines.Except(compiled));
        Assert.True(lines.Length > 7);
    }

    [GeneratedRegex(@"```csharp\n(.*?)```\n\n```text\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
