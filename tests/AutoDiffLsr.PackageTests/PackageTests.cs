using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AutoDiffLsr.PackageTests;

[Collection("packages")]
[Trait("Category", "Packages")]
public sealed partial class PackageTests(PackedSolution solution)
{
    private static readonly string Address = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;

    [Fact]
    public void Packing_gives_five_libraries_and_the_tool_each_with_its_symbols() => Assert.Equal(
        PackedSolution.All.SelectMany(row => new[] { solution.PathOf(row.Data), solution.PathOf(row.Data, "snupkg") }).Order(StringComparer.Ordinal),
        Directory.GetFiles(solution.Packages).Order(StringComparer.Ordinal));

    [Fact]
    public void Packing_twice_gives_the_same_bytes()
    {
        foreach (string second in Directory.GetFiles(solution.Pack("again")))
            Assert.True(
                File.ReadAllBytes(second).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(solution.Packages, Path.GetFileName(second)))),
                $"{Path.GetFileName(second)} has other bytes when it is packed again.");
    }

    [Theory]
    [MemberData(nameof(PackedSolution.All), MemberType = typeof(PackedSolution))]
    public void A_package_says_what_it_is_and_where_it_comes_from(string package)
    {
        using PackageFile file = new(solution.PathOf(package));
        Assert.Equal(package, file.Field("id"));
        Assert.Equal("MIT", file.Field("license"));
        Assert.Equal(Address, file.Field("projectUrl"));
        Assert.InRange(file.Field("description")!.Length, 40, 400);
        Assert.InRange(file.Field("tags")!.Split(' ').Length, 4, 12);
        AssertLeadsIntoRepository(file.Field("releaseNotes")!);
        XElement repository = file.Metadata().Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal((Address, "git"), (repository.Attribute("url")!.Value, repository.Attribute("type")!.Value));
        if (Repository.HasGit)
            Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
    }

    [Theory]
    [MemberData(nameof(PackedSolution.All), MemberType = typeof(PackedSolution))]
    public void Its_icon_is_a_square_picture_of_the_size_that_nuget_shows(string package)
    {
        using PackageFile file = new(solution.PathOf(package));
        ReadOnlySpan<byte> icon = file.Read(file.Field("icon")!);
        Assert.Equal("PNG"u8, icon[1..4]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon[16..]), BinaryPrimitives.ReadInt32BigEndian(icon[20..])));
    }

    [Theory]
    [MemberData(nameof(PackedSolution.All), MemberType = typeof(PackedSolution))]
    public void The_links_of_its_readme_work_outside_the_repository(string package)
    {
        using PackageFile file = new(solution.PathOf(package));
        string readme = file.ReadText(file.Field("readme")!);
        string[] links = [.. Links().Matches(readme).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(links);
        foreach (string link in links)
        {
            Assert.StartsWith("https://", link, StringComparison.Ordinal);
            if (link.StartsWith(Address, StringComparison.Ordinal))
                AssertLeadsIntoRepository(link);
        }
    }

    [Theory]
    [MemberData(nameof(PackedSolution.Libraries), MemberType = typeof(PackedSolution))]
    public void A_library_brings_the_documentation_of_its_members(string package)
    {
        using PackageFile file = new(solution.PathOf(package));
        Assert.Contains($"lib/net10.0/{package}.dll", file.Entries);
        Assert.True(XDocument.Parse(file.ReadText($"lib/net10.0/{package}.xml")).Descendants("member").Any(), $"{package}.xml documents nothing.");
    }

    [Theory]
    [MemberData(nameof(PackedSolution.Libraries), MemberType = typeof(PackedSolution))]
    public void Every_source_of_a_library_is_linked_to_the_commit_or_in_its_symbols(string package)
    {
        if (!Repository.HasGit)
            Assert.Skip("Source links name a commit, and this folder is not under git.");
        using PackageFile file = new(solution.PathOf(package, "snupkg"));
        using SymbolFile symbols = new(file.Read($"lib/net10.0/{package}.pdb"));
        (string source, string address) = symbols.SourceLinks().Single();
        Assert.Matches($"^{Regex.Escape(Address.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal))}/[0-9a-f]{{40}}/\\*$", address);
        Assert.NotEmpty(symbols.SourcesElsewhere());
        Assert.All(symbols.SourcesElsewhere(), path => Assert.StartsWith(source.TrimEnd('*'), path, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tool_carries_what_is_no_package_and_no_documentation()
    {
        using PackageFile file = new(solution.PathOf(PackedSolution.Tool));
        Assert.Contains("tools/net10.0/any/AutoDiffLsr.Experiments.dll", file.Entries);
        Assert.DoesNotContain(file.Entries, entry => entry.StartsWith("tools", StringComparison.Ordinal) && entry.EndsWith(".xml", StringComparison.Ordinal) && !entry.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));
        Assert.Contains("""<Command Name="autodiff-lsr" EntryPoint="autodiff-lsr.dll" """, file.ReadText("tools/net10.0/any/DotnetToolSettings.xml"), StringComparison.Ordinal);
    }

    private static void AssertLeadsIntoRepository(string link)
    {
        string start = $"{Address}/blob/main/";
        Assert.StartsWith(start, link, StringComparison.Ordinal);
        Assert.True(Path.Exists(Path.Combine(Repository.Root, link[start.Length..])), $"{link} leads to no file.");
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();
}
