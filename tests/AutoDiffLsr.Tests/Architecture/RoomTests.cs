using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Architecture;

public sealed partial class RoomTests
{
    private static readonly SourceFile[] Sources = [.. Repository.Files("src", "*.cs").Select(path => SourceFile.Parse(path, Repository.Read(path)))];

    private static readonly (string Name, string Text)[] Projects =
        [.. Repository.Files("src", "*.csproj").Select(path => (Path.GetFileNameWithoutExtension(path), Repository.Read(path)))];

    [Fact]
    public void Every_room_knows_only_rooms_below_it()
    {
        Assert.True(Sources.Length > 300, $"only {Sources.Length} files were found");
        Assert.Equal("", string.Join("; ", Upward(Sources)));
    }

    [Fact]
    public void Every_namespace_belongs_to_a_room() =>
        Assert.Equal([], Sources.Where(file => file.Namespace.Length > 0 && Rooms.Of(file.Namespace) is null).Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void No_namespace_reaches_itself_through_others()
    {
        string[] names = [.. Sources.Select(file => file.Namespace).Distinct()];
        Dictionary<string, HashSet<string>> knows = names.ToDictionary(name => name, _ => new HashSet<string>());
        foreach (SourceFile file in Sources)
            knows[file.Namespace].UnionWith(file.Uses.Select(use => names.Where(name => Begins(use, name)).MaxBy(name => name.Length)).OfType<string>().Where(name => name != file.Namespace));
        Assert.Equal("", string.Join("; ", names.Where(name => Reaches(name, name, knows, []))));
    }

    [Fact]
    public void Every_project_refers_only_to_projects_below_it()
    {
        Assert.Equal([], Projects.Select(project => project.Name).Except(Rooms.Projects.Keys));
        Assert.Equal([], Projects.SelectMany(project => References().Matches(project.Text).Select(match => match.Groups[1].Value)
            .Where(reference => !Rooms.Projects[project.Name].Contains(reference)).Select(reference => $"{project.Name} -> {reference}")));
    }

    [Fact]
    public void No_product_shows_its_internals_to_another_product() =>
        Assert.Equal([], Projects.SelectMany(project => Friends().Matches(project.Text).Select(match => match.Groups[1].Value)
            .Where(friend => !friend.StartsWith("AutoDiffLsr.Tests", StringComparison.Ordinal) && friend != "AutoDiffLsr.Benchmarks").Select(friend => $"{project.Name} -> {friend}")));

    [Fact]
    public void No_project_of_a_product_has_a_switch_for_tests() =>
        Assert.Equal([], Projects.Where(project => project.Text.Contains("TestStack", StringComparison.Ordinal) || project.Text.Contains("tests/", StringComparison.Ordinal)).Select(project => project.Name));

    [Fact]
    public void Numerics_has_rooms_for_all_its_files_and_is_the_only_one_with_intrinsics()
    {
        Assert.Equal([], Repository.Files("src/AutoDiffLsr/Numerics", "*.cs").Where(path => path.Split('/').Length == 4));
        Assert.Equal([], Repository.Files("src", "*.cs")
            .Where(path => !path.StartsWith("src/AutoDiffLsr/Numerics/", StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Contains("using System.Runtime.Intrinsics", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AutoDiffLsr.Numerics", "using AutoDiffLsr.Autodiff;", true)]
    [InlineData("AutoDiffLsr.Losses", "using AutoDiffLsr.Layers;", true)]
    [InlineData("AutoDiffLsr.Layers", "using N = AutoDiffLsr.Training.Dataset<double>;", true)]
    [InlineData("AutoDiffLsr.Layers", "AutoDiffLsr.Formats.Model.Load(path);", true)]
    [InlineData("AutoDiffLsr.Autodiff.Memory", "using AutoDiffLsr.Autodiff;", true)]
    [InlineData("AutoDiffLsr.Autodiff", "using AutoDiffLsr.Autodiff.Memory;", false)]
    [InlineData("AutoDiffLsr.Training", "using AutoDiffLsr.Layers;", false)]
    public void An_upward_use_is_seen(string room, string line, bool isUpward)
    {
        SourceFile file = SourceFile.Parse("planted.cs", $"{line}\n\nnamespace {room};\n");
        Assert.Equal(isUpward, Upward([file]).Any());
    }

    private static IEnumerable<string> Upward(IEnumerable<SourceFile> files) =>
        from file in files
        let room = Rooms.Of(file.Namespace)
        where room is not null
        from use in file.Uses
        let other = Rooms.Of(use)
        where other is not null && other != room && Rooms.RowOf(other) >= Rooms.RowOf(room)
        select $"{file.Path}: {room} uses {use}";

    private static bool Begins(string name, string start) => name == start || name.StartsWith(start + ".", StringComparison.Ordinal);

    private static bool Reaches(string from, string to, Dictionary<string, HashSet<string>> knows, HashSet<string> seen) =>
        knows[from].Any(next => next == to || (seen.Add(next) && Reaches(next, to, knows, seen)));

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?/([\w.]+)\.csproj""")]
    private static partial Regex References();

    [GeneratedRegex(@"<InternalsVisibleTo Include=""([^""]+)""")]
    private static partial Regex Friends();
}
