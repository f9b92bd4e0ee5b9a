using System.Xml.Linq;
using AutoDiffLsr.Cli.Figures;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Figures;

public sealed class ChartSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Chart Example = new(
        "A < B & \"C\"",
        new ChartAxis("x") { IsLogarithmic = true },
        new ChartAxis("y"),
        [
            new ChartSeries("first", [1, 10, 100], [1, double.NaN, 3]),
            new ChartSeries("second", [1, 10, 100], [3, 2, 1]) { Kind = SeriesKind.Points, Label = "here" },
            new ChartSeries("bars", [2, 4], [1, 2]) { Kind = SeriesKind.Bars, BarWidth = 1, Colour = Palette.Step(0, 2) },
        ]);

    [Fact]
    public void A_file_is_whole_XML_with_every_series_and_its_name()
    {
        XElement svg = XElement.Parse(ChartSvg.RenderFile(Example));
        Assert.Equal(Svg + "svg", svg.Name);
        for (int i = 0; i < 3; i++)
            Assert.Contains(svg.Descendants(), element => Classes(element).Contains($"series-{i}"));
        string[] texts = [.. svg.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Subset(texts.ToHashSet(), new HashSet<string> { "A < B & \"C\"", "x", "y", "first", "second", "bars", "here" });
    }

    [Fact]
    public void Colours_are_classes_that_the_style_has_for_light_and_dark()
    {
        XElement svg = XElement.Parse(ChartSvg.RenderFile(Example));
        string style = svg.Element(Svg + "style")!.Value;
        Assert.Contains("prefers-color-scheme:dark", style, StringComparison.Ordinal);
        foreach (string used in svg.Descendants().SelectMany(Classes).Where(name => !name.StartsWith("series-", StringComparison.Ordinal)).Distinct())
            Assert.Contains($".{used}{{", style, StringComparison.Ordinal);
        Assert.DoesNotContain("rgb(", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("black", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_one_page_share_no_names_and_say_where_their_values_are()
    {
        PlacedChart a = ChartSvg.RenderPart(Example, "a-"), b = ChartSvg.RenderPart(Example, "b-");
        string[] names = [.. new[] { a, b }.SelectMany(chart => XElement.Parse(chart.Svg).Descendants().Attributes("id").Select(id => id.Value))];
        Assert.Equal(names.Distinct(), names);
        Assert.True(a.X.IsLogarithmic && !a.Y.IsLogarithmic);
        Assert.True(a.Width > 200 && a.Height > 150 && a.Left > 0);
    }

    private static string[] Classes(XElement element) => ((string?)element.Attribute("class") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
