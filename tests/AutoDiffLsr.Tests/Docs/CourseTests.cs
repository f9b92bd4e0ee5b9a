using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>The pages of the course: programs run, outputs and pictures are those that the page shows, excerpts are lines of the program, and exercises have solutions.</summary>
public sealed partial class CourseTests
{
    private const int LongestProgram = 60;

    public static TheoryData<string> Pages => [.. Repository.Files("docs/learn", "*.md").Where(page => Number().IsMatch(page))];

    public static TheoryData<string> Pictures => [.. Repository.Files("docs/learn", "*.cs").Where(program => Repository.Read(program).Contains("args is [var path]", StringComparison.Ordinal))];

    [Fact]
    public void The_course_has_ten_pages_with_a_program_each() =>
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{number:D2}"), Repository.Files("docs/learn", "*.cs").Select(program => Path.GetFileName(program)[..2]));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_what_its_commands_print(string page)
    {
        Assert.True(File.ReadLines(Path.Combine(Repository.Root, Program(page))).Count() <= LongestProgram, $"{Program(page)} is longer than {LongestProgram} lines.");
        Assert.Contains($"{Program(page)}\n", Repository.Read(page), StringComparison.Ordinal);
        Assert.True(DocumentOutput.Check(page) > 0, $"{page} shows no output.");
    }

    /// <summary>An excerpt is found in the program of its page, or in a source file that the page links to.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_excerpt_of_a_page_is_in_its_program_or_in_a_file_that_it_links_to(string page)
    {
        string text = Repository.Read(page), folder = Path.GetDirectoryName(page)!;
        string[] sources =
        [
            Repository.Read(Program(page)),
            .. Sources().Matches(text).Select(match => Path.Combine(folder, match.Groups[1].Value)).Select(Repository.Read),
        ];
        foreach (Match excerpt in Excerpts().Matches(text))
            Assert.True(sources.Any(source => Squeezed(source).Contains(Squeezed(excerpt.Groups[1].Value), StringComparison.Ordinal)), $"{page} shows what no file has:\n{excerpt.Groups[1].Value}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_three_exercises_whose_solutions_are_tests(string page)
    {
        string[] solutions = [.. Solutions().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)];
        Assert.Equal(3, solutions.Length);
        Type type = typeof(CourseTests).Assembly.GetType($"AutoDiffLsr.Tests.Docs.Course.Page{Path.GetFileName(page)[..2]}Solutions", throwOnError: true)!;
        Assert.Equal(type.GetMethods().Where(method => method.DeclaringType == type).Select(method => method.Name).Order(), solutions.Order());
    }

    /// <summary>Coordinates are compared as whole numbers: the last digits of a curve may differ from one machine to another.</summary>
    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_is_the_one_that_its_program_draws(string program)
    {
        using TemporaryFolder folder = new();
        string path = folder["picture.svg"];
        DocumentProgram.Compile(Repository.Read(program), program).Run(path);
        Assert.Equal(Rounded(Repository.Read($"docs/learn/images/{Path.GetFileName(program)[..2]}.svg")), Rounded(File.ReadAllText(path)));
    }

    private static string Program(string page) => Path.ChangeExtension(page, ".cs");

    private static string Rounded(string svg) => Decimal().Replace(svg, match => match.Value[..match.Value.IndexOf('.', StringComparison.Ordinal)]);

    private static string Squeezed(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"/\d\d-[a-z0-9-]+\.md$")]
    private static partial Regex Number();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Excerpts();

    [GeneratedRegex(@"\]\((\.\./\.\./(?:src|tests)/[^)#]+\.cs)\)")]
    private static partial Regex Sources();

    [GeneratedRegex(@"Solution: \[`(\w+)`\]")]
    private static partial Regex Solutions();

    [GeneratedRegex(@"-?\d+\.\d+")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
