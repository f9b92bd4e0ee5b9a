using System.Globalization;
using System.Net;
using System.Text;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>The legend of a chart in a file of its own: lines of names under the chart, as many to a line as fit.</summary>
internal static class SvgLegend
{
    private const double RowHeight = 20, SwatchWidth = 22, LetterWidth = 6.6, Gap = 18, FontSize = 12;

    /// <summary>Draws it.</summary>
    /// <param name="chart">Whose series are named.</param>
    /// <param name="left">Where a line begins.</param>
    /// <param name="top">Where the first line is.</param>
    /// <param name="width">How long a line may be.</param>
    /// <param name="height">What it takes.</param>
    public static string Draw(Chart chart, double left, double top, double width, out double height)
    {
        StringBuilder svg = new();
        double x = left, y = top + (RowHeight / 2);
        for (int i = 0; i < chart.Series.Count; i++)
        {
            double itemWidth = SwatchWidth + 6 + (LetterWidth * chart.Series[i].Name.Length) + Gap;
            if (x > left && x + itemWidth - Gap > left + width)
                (x, y) = (left, y + RowHeight);
            AppendItem(svg, chart, i, x, y);
            x += itemWidth;
        }

        height = y + (RowHeight / 2) - top;
        return svg.ToString();
    }

    private static void AppendItem(StringBuilder svg, Chart chart, int index, double x, double y)
    {
        ChartSeries series = chart.Series[index];
        string dash = series.IsDashed ? " stroke-dasharray=\"5 3\"" : "";
        string mark = series.Kind == SeriesKind.Line
            ? string.Create(CultureInfo.InvariantCulture, $"<line class=\"s-{chart.ColourOf(index)}\" x1=\"{x:0.#}\" y1=\"{y:0.#}\" x2=\"{x + SwatchWidth:0.#}\" y2=\"{y:0.#}\" stroke-width=\"3\"{dash}/>")
            : string.Create(CultureInfo.InvariantCulture, $"<circle class=\"f-{chart.ColourOf(index)}\" cx=\"{x + (SwatchWidth / 2):0.#}\" cy=\"{y:0.#}\" r=\"4.5\"/>");
        svg.Append(mark).Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"f-{Palette.Ink}\" x=\"{x + SwatchWidth + 6:0.#}\" y=\"{y:0.#}\" dominant-baseline=\"central\" font-family=\"{ChartSvg.Fonts}\" font-size=\"{FontSize}\">{WebUtility.HtmlEncode(series.Name)}</text>\n");
    }
}
