using System.Globalization;
using System.Net;
using System.Text;
using AutoDiffLsr.Cli.Figures;

namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>The graph as a drawing: a row of boxes for each depth, values in ink and gradients in colour.</summary>
internal static class TapeSvg
{
    private const double Gap = 22, RowGap = 38, Margin = 14, LegendHeight = 26;

    /// <summary>A file of its own.</summary>
    public static string Draw(TapeGraph graph)
    {
        List<TapeBox[]> rows = Place(graph, out double width, out double height);
        Dictionary<string, TapeBox> boxes = rows.SelectMany(row => row).ToDictionary(box => box.Node.Id);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {height:0}\" width=\"{width:0}\" height=\"{height:0}\" role=\"img\" aria-label=\"The tape of a small net\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<style>{Palette.Css()}text{{font:10px 'Liberation Mono',Menlo,Consolas,monospace;white-space:pre}}.t{{font-weight:bold}}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"f-{Palette.Paper}\" width=\"{width:0}\" height=\"{height:0}\"/>\n");
        AppendText(svg, Margin, Margin + 8, Palette.Ink, "", "value");
        AppendText(svg, Margin + 60, Margin + 8, "c1", "", "gradient of the loss by it");
        foreach (TapeBox box in boxes.Values)
            AppendArrows(svg, box, boxes);
        foreach (TapeBox box in boxes.Values)
            AppendBox(svg, box);
        return svg.Append("</svg>\n").ToString();
    }

    private static List<TapeBox[]> Place(TapeGraph graph, out double width, out double height)
    {
        IReadOnlyDictionary<string, int> depths = graph.Depths();
        Dictionary<string, double> middles = [];
        List<TapeBox[]> rows = [];
        foreach (var row in graph.Nodes.GroupBy(node => depths[node.Id]).OrderBy(row => row.Key))
        {
            rows.Add([.. row
                .OrderBy(node => node.Inputs.Count == 0 ? double.MaxValue : node.Inputs.Average(input => middles[input]))
                .ThenBy(node => graph.PlaceAtFirstUse(node.Id))
                .Select(node => Remember(new TapeBox(node)))]);
        }

        width = Math.Max(260, rows.Max(Width)) + (2 * Margin);
        double top = Margin + LegendHeight;
        foreach (TapeBox[] row in rows)
        {
            double left = (width - Width(row)) / 2;
            foreach (TapeBox box in row)
            {
                (box.Left, box.Top) = (left, top);
                left += box.Width + Gap;
            }

            top += row.Max(box => box.Height) + RowGap;
        }

        height = top - RowGap + Margin;
        return rows;

        TapeBox Remember(TapeBox box)
        {
            middles[box.Node.Id] = middles.Count;
            return box;
        }
    }

    private static double Width(TapeBox[] row) => row.Sum(box => box.Width) + (Gap * (row.Length - 1));

    private static void AppendArrows(StringBuilder svg, TapeBox box, Dictionary<string, TapeBox> boxes)
    {
        for (int i = 0; i < box.Node.Inputs.Count; i++)
        {
            TapeBox from = boxes[box.Node.Inputs[i]];
            double startY = from.Top + from.Height, endX = box.Left + (box.Width * (i + 1) / (box.Node.Inputs.Count + 1)), bend = Math.Max(20, (box.Top - startY) / 2);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"s-c8\" fill=\"none\" stroke-width=\"1.3\" d=\"M{from.Middle:0.#} {startY:0.#}C{from.Middle:0.#} {startY + bend:0.#} {endX:0.#} {box.Top - bend:0.#} {endX:0.#} {box.Top - 5:0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"f-c8\" d=\"M{endX:0.#} {box.Top:0.#}l-4 -7h8z\"/>\n");
        }
    }

    private static void AppendBox(StringBuilder svg, TapeBox box)
    {
        (string colour, string dash) = box.Node.Kind switch
        {
            TapeGraphNodeKind.Constant => ("c8", " stroke-dasharray=\"4 3\""),
            TapeGraphNodeKind.Parameter => ("c2", ""),
            _ => ("c0", ""),
        };
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"f-{Palette.Paper} s-{colour}\" x=\"{box.Left:0.#}\" y=\"{box.Top:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"4\" stroke-width=\"1.5\"{dash}/>\n");
        double baseline = box.Top + TapeBox.Padding + 10;
        double left = box.Left + TapeBox.Padding;
        foreach ((string text, string fill, string weight) in Texts(box.Node))
        {
            AppendText(svg, left, baseline, fill, weight, text);
            baseline += TapeBox.LineHeight;
        }
    }

    private static IEnumerable<(string Text, string Fill, string Weight)> Texts(TapeGraphNode node) =>
    [
        (node.Title, Palette.Ink, " t"),
        .. node.Value.Select(line => (line, Palette.Ink, "")),
        .. node.Gradient.Select(line => (line, "c1", "")),
    ];

    private static void AppendText(StringBuilder svg, double x, double y, string fill, string weight, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"f-{fill}{weight}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{WebUtility.HtmlEncode(text)}</text>\n");
}
