using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>
/// Draws a chart as SVG. Every colour is a class and no number, so that light and dark paper each get theirs, and every element of series i has the
/// class "series-i", so that a script can hide it.
/// </summary>
internal static partial class ChartSvg
{
    private static readonly string LabelEnd = string.Create(CultureInfo.InvariantCulture, $" font-size=\"{ChartModel.LabelSize}\" font-weight=\"700\" fill=\"black\"");
    private const int TitlePlace = 5, LegendMargin = 12;
    public const string Fonts = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    /// <summary>A file of its own: with a legend, and with its colours inside.</summary>
    public static string RenderFile(Chart chart)
    {
        int width = chart.IsSquare ? 600 : 720, height = chart.IsSquare ? 560 : 420;
        string svg = Render(ChartModel.Create(chart), chart, "", width, height);
        double legendHeight = 0;
        string legend = chart.Series.Count > 1 ? SvgLegend.Draw(chart, LegendMargin, height, width - (2 * LegendMargin), out legendHeight) : "";
        int full = height + (int)Math.Ceiling(legendHeight) + LegendMargin;
        int content = svg.IndexOf('>', StringComparison.Ordinal) + 1, end = svg.LastIndexOf("</svg>", StringComparison.Ordinal);
        string head = svg[..content].Replace($"0 0 {width} {height}", $"0 0 {width} {full}", StringComparison.Ordinal);
        return $"{head}\n<style>{Palette.Css()}</style>\n<rect class=\"f-{Palette.Paper}\" width=\"{width}\" height=\"{full}\" />{svg[content..end]}{legend}</svg>\n";
    }

    /// <summary>A part of a page that has <see cref="Palette.Css"/> and its own legend.</summary>
    /// <param name="prefix">Tells this chart's names from those of others on the page.</param>
    /// <param name="width">In units of which a letter is about 7.</param>
    /// <param name="height">In the same units.</param>
    public static PlacedChart RenderPart(Chart chart, string prefix, int width = 420, int height = 300)
    {
        PlotModel model = ChartModel.Create(chart);
        string svg = Render(model, chart, prefix, width, height);
        return new PlacedChart(svg, chart, model.PlotArea.Left, model.PlotArea.Top, model.PlotArea.Width, model.PlotArea.Height, new(model.Axes[0]), new(model.Axes[1]));
    }

    private static string Render(PlotModel model, Chart chart, string prefix, int width, int height)
    {
        string svg = new SvgExporter { Width = width, Height = height, IsDocument = false }.ExportToString(model);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd();
        svg = SizePattern().Replace(svg, string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(chart.Title)}\""), 1);
        svg = svg.Replace("clipPath", $"{prefix}clip", StringComparison.Ordinal)
            .Replace($"<{prefix}clip", "<clipPath", StringComparison.Ordinal)
            .Replace($"</{prefix}clip", "</clipPath", StringComparison.Ordinal)
            .Replace($"font-family=\"{ChartModel.Font}\"", $"font-family=\"{Fonts}\"", StringComparison.Ordinal)
            .Replace(LabelEnd, $"{LabelEnd[..^" fill=\"black\"".Length]} class=\"f-{Palette.Ink} s-{Palette.Paper}\" stroke-width=\"3\" paint-order=\"stroke\"", StringComparison.Ordinal)
            .Replace(" fill=\"black\"", $" class=\"f-{Palette.Ink}\"", StringComparison.Ordinal);
        svg = svg.Replace(" shape-rendering=\"geometricPrecision\"", "", StringComparison.Ordinal);
        svg = PlacePattern().Replace(svg, match => LongNumber().Replace(match.Value, "$1"));
        svg = VerticalTitle().Replace(svg, $"translate({TitlePlace},$1) rotate(-90)");
        return StylePattern().Replace(svg, match => Classes(match, chart));
    }

    /// <summary>Turns the colours in a style into classes.</summary>
    private static string Classes(Match match, Chart chart)
    {
        List<string> classes = [], styles = [];
        foreach (string rule in match.Groups[1].Value.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = rule.Split(':');
            if (rule == "stroke:none")
                continue; // that is so unless said otherwise
            if (parts[0] is not ("fill" or "stroke") || parts[1] == "none")
            {
                styles.Add(rule);
                continue;
            }

            (string colour, int? series) = Meaning(parts[1], chart);
            classes.Add($"{parts[0][0]}-{colour}");
            if (series is not null && !classes.Contains($"series-{series}"))
                classes.Add($"series-{series}");
        }

        string style = styles.Count == 0 ? "" : $" style=\"{string.Join(';', styles)}\"";
        return classes.Count == 0 ? style : $" class=\"{string.Join(' ', classes)}\"{style}";
    }

    private static (string Colour, int? Series) Meaning(string colour, Chart chart)
    {
        Match mark = MarkPattern().Match(colour);
        if (!mark.Success)
            return (Palette.Ink, null);
        int[] parts = [.. Enumerable.Range(1, 3).Select(i => int.Parse(mark.Groups[i].Value, CultureInfo.InvariantCulture))];
        if (parts[0] != ChartModel.Mark(0).R)
            return (parts[0] == ChartModel.Grid.R ? Palette.Grid : Palette.Ink, null);
        int series = (parts[1] * 256) + parts[2];
        return (chart.ColourOf(series), series);
    }

    private static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);

    [GeneratedRegex("<svg width=\"[^\"]*\" height=\"[^\"]*\"")]
    private static partial Regex SizePattern();

    [GeneratedRegex(" style=\"([^\"]*)\"")]
    private static partial Regex StylePattern();

    /// <summary>Attributes with places, and a tenth of a unit is fine enough for them.</summary>
    [GeneratedRegex(" (?:points|cx|cy|x|y)=\"[^\"]*\"")]
    private static partial Regex PlacePattern();

    /// <summary>OxyPlot puts it as near to the numbers as it thinks they are wide, which other fonts are not.</summary>
    [GeneratedRegex(@"translate\([^,]*,([^)]*)\) rotate\(-90\)")]
    private static partial Regex VerticalTitle();

    [GeneratedRegex(@"(\d\.\d)\d+")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"rgb\((\d+),(\d+),(\d+)\)")]
    private static partial Regex MarkPattern();
}
