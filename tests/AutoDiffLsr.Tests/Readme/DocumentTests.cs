using System.Reflection;
using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Cli;
using Xunit;

namespace AutoDiffLsr.Tests.Readme;

/// <summary>What documents name must exist: files, tests and commands move, and nobody reads all pages again.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(ReadmeTests.Folder(), "..", "..", ".."));

    public static TheoryData<string> Documents =>
    [
        .. new[] { "README.md", ".github", "docs", "src" }
            .Select(name => Path.Combine(Root, name))
            .SelectMany(path => File.Exists(path) ? [path] : Directory.GetFiles(path, "*.md", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_to_a_file(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        string[] links = [.. Links().Matches(File.ReadAllText(Path.Combine(Root, document))).Select(match => match.Groups[1].Value)];
        Assert.Equal([], links.Where(link => !Path.Exists(Path.Combine(folder, link))));
    }

    [Fact]
    public void Every_test_that_the_guide_for_contributors_names_exists()
    {
        string[] names = [.. Tests().Matches(File.ReadAllText(Path.Combine(Root, "docs", "CONTRIBUTING.md"))).Select(match => match.Groups[1].Value)];
        Assert.True(names.Length > 8, $"only {names.Length} tests are named");
        HashSet<string> known = [];
        foreach (Type type in typeof(DocumentTests).Assembly.GetTypes())
            known.UnionWith([type.Name, .. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => $"{type.Name}.{method.Name}")]);
        Assert.Equal([], names.Except(known));
    }

    [Fact]
    public void The_readme_of_the_tool_names_every_command()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "src", "AutoDiffLsr.Cli", "README.md"));
        string help = CommandLine.Run("--help").Output;
        string[] commands = [.. Commands().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..help.IndexOf("Options:", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value)];
        Assert.Contains("train", commands);
        Assert.Equal([], commands.Where(command => !Regex.IsMatch(readme, $"(`|autodiff-lsr ){command}\\b")));
    }

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`(\w+Tests(?:\.\w+)?)`")]
    private static partial Regex Tests();

    [GeneratedRegex(@"^  ([a-z][a-z-]*)\b", RegexOptions.Multiline)]
    private static partial Regex Commands();
}
