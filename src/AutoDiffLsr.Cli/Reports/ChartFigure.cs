using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDiffLsr.Cli.Figures;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>A chart on a page: its drawing, a legend whose entries are switches, and its numbers for the script that shows them.</summary>
internal static class ChartFigure
{
    private const int MostPoints = 250;

    /// <summary>Adds the figure.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="chart">What it shows.</param>
    /// <param name="prefix">Tells its names from others of the page.</param>
    public static void Append(StringBuilder html, Chart chart, string prefix)
    {
        PlacedChart placed = ChartSvg.RenderPart(chart, prefix, height: chart.IsSquare ? 400 : 300);
        html.Append("<figure class=\"chart\">\n").Append(placed.Svg).Append("\n<div class=\"tip\" hidden></div>\n");
        if (chart.Series.Count > 1)
            AppendLegend(html, chart);
        html.Append("<script type=\"application/json\">").Append(Data(placed)).Append("</script>\n</figure>\n");
    }

    private static void AppendLegend(StringBuilder html, Chart chart)
    {
        html.Append("<div class=\"legend\">");
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            string dash = series.IsDashed ? " stroke-dasharray=\"5 3\"" : "";
            string swatch = series.Kind == SeriesKind.Line
                ? $"<line class=\"s-{chart.ColourOf(i)}\" x1=\"0\" y1=\"5\" x2=\"20\" y2=\"5\" stroke-width=\"3\"{dash}/>"
                : $"<circle class=\"f-{chart.ColourOf(i)}\" cx=\"10\" cy=\"5\" r=\"4.5\"/>";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<button type=\"button\" data-series=\"{i}\" aria-pressed=\"true\"><svg viewBox=\"0 0 20 10\" aria-hidden=\"true\">{swatch}</svg>{Page.Escape(series.Name)}</button>");
        }

        html.Append("</div>\n");
    }

    private static string Data(PlacedChart placed)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            WriteNumber(writer, "left", placed.Left);
            WriteNumber(writer, "top", placed.Top);
            WriteNumber(writer, "width", placed.Width);
            WriteNumber(writer, "height", placed.Height);
            writer.WriteBoolean("plain", placed.Chart.X.HidesNumbers);
            WriteAxis(writer, "x", placed.X);
            WriteAxis(writer, "y", placed.Y);
            writer.WriteStartArray("series");
            foreach (ChartSeries series in placed.Chart.Series)
                WriteSeries(writer, series);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length); // the writer escapes <, so the text cannot end the script
    }

    private static void WriteAxis(Utf8JsonWriter writer, string name, AxisPlace axis)
    {
        writer.WriteStartObject(name);
        WriteNumber(writer, "min", axis.Minimum);
        WriteNumber(writer, "max", axis.Maximum);
        writer.WriteBoolean("log", axis.IsLogarithmic);
        writer.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter writer, ChartSeries series)
    {
        int stride = Math.Max(1, series.X.Count / MostPoints);
        int[] shown = [.. Enumerable.Range(0, series.X.Count).Where(i => i % stride == 0 && double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))];
        writer.WriteStartObject();
        writer.WriteString("name", series.Name);
        WriteNumbers(writer, "x", shown.Select(i => series.X[i]));
        WriteNumbers(writer, "y", shown.Select(i => series.Y[i]));
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<double> values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
            writer.WriteRawValue(value.ToString("G5", CultureInfo.InvariantCulture));
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
    }
}
