using System.Globalization;
using System.Net;
using System.Text;

namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>Draws an expression as a tree: a node's operands below it from left to right, and each edge's weight beside it unless it is 1.</summary>
internal static class TreeDrawing
{
    private const double Letter = 7.3, BoxHeight = 24, RowHeight = 58, Gap = 18, Margin = 12, WeightOffset = 6;

    public static string Of(Expression expression, int digits)
    {
        Node root = Place(expression, digits, depth: 0);
        Shift(root, Margin - Leftmost(root));
        double width = Rightmost(root) + Margin, height = (2 * Margin) + BoxHeight + (expression.Height * RowHeight);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" role=\"img\" ");
        svg.Append(CultureInfo.InvariantCulture, $"aria-label=\"{WebUtility.HtmlEncode(expression.ToString(digits))}\" font-family=\"'Liberation Mono',Menlo,Consolas,monospace\" font-size=\"12\">\n");
        AppendEdges(svg, root);
        AppendBoxes(svg, root);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Places the operands side by side, and the node above their middle.</summary>
    private static Node Place(Expression expression, int digits, int depth)
    {
        Node node = new(Label(expression, digits), WeightLabel(expression, digits), depth, [.. expression.Operands.Select(operand => Place(operand, digits, depth + 1))]);
        if (node.Operands.Length == 2)
            node.Operands[0].IsLeft = true;
        for (int i = 1; i < node.Operands.Length; i++)
            Shift(node.Operands[i], Rightmost(node.Operands[i - 1]) + Gap - Leftmost(node.Operands[i]));
        if (node.Operands.Length > 0)
            node.Middle = (node.Operands[0].Middle + node.Operands[^1].Middle) / 2;
        return node;
    }

    private static string Label(Expression expression, int digits) => expression.Symbol switch
    {
        Symbol.Number => Expression.Text(expression.Value, digits),
        Symbol.Output => "f(x)",
        Symbol.Add => "+",
        Symbol.Subtract => "\u2212",
        Symbol.Multiply => "\u00D7",
        Symbol.Square => "( )\u00B2",
        Symbol.Absolute => "| |",
        _ => expression.Symbol.Name(),
    };

    private static string WeightLabel(Expression expression, int digits) => expression.Weight == 1 ? "" : "\u00D7" + Expression.Text(expression.Weight, digits);

    private static double Leftmost(Node node) =>
        node.Operands.Select(Leftmost).Append(node.Middle - (node.Width / 2)).Append(node.IsLeft ? node.Middle - WeightReach(node) : node.Middle).Min();

    private static double Rightmost(Node node) =>
        node.Operands.Select(Rightmost).Append(node.Middle + (node.Width / 2)).Append(node.IsLeft ? node.Middle : node.Middle + WeightReach(node)).Max();

    /// <summary>How far the weight beside the edge reaches: on the outer side, where the edge is not.</summary>
    private static double WeightReach(Node node) => WeightOffset + (node.Weight.Length * Letter);

    private static void Shift(Node node, double by)
    {
        node.Middle += by;
        foreach (Node operand in node.Operands)
            Shift(operand, by);
    }

    private static void AppendEdges(StringBuilder svg, Node node)
    {
        foreach (Node operand in node.Operands)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{node.Middle:0.#} {node.Top + BoxHeight:0.#}L{operand.Middle:0.#} {operand.Top:0.#}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".55\"/>\n");
            AppendEdges(svg, operand);
        }
    }

    private static void AppendBoxes(StringBuilder svg, Node node)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{node.Middle - (node.Width / 2):0.#}\" y=\"{node.Top:0.#}\" width=\"{node.Width:0.#}\" height=\"{BoxHeight}\" rx=\"5\" fill=\"currentColor\" fill-opacity=\"{(node.Operands.Length == 0 ? ".16" : ".06")}\" stroke=\"currentColor\"/>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{node.Middle:0.#}\" y=\"{node.Top + 16:0.#}\" text-anchor=\"middle\" fill=\"currentColor\">{WebUtility.HtmlEncode(node.Label)}</text>");
        if (node.Weight.Length > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{node.Middle + (node.IsLeft ? -WeightOffset : WeightOffset):0.#}\" y=\"{node.Top - 5:0.#}\" text-anchor=\"{(node.IsLeft ? "end" : "start")}\" font-size=\"11\" fill=\"currentColor\">{node.Weight}</text>");
        svg.Append('\n');
        foreach (Node operand in node.Operands)
            AppendBoxes(svg, operand);
    }

    private sealed class Node(string label, string weight, int depth, Node[] operands)
    {
        public string Label => label;

        public string Weight => weight;

        public Node[] Operands => operands;

        public double Middle { get; set; }

        /// <summary>Whether it is the first of two operands.</summary>
        public bool IsLeft { get; set; }

        public double Top { get; } = Margin + (depth * RowHeight) + (weight.Length > 0 && depth == 0 ? 6 : 0);

        public double Width { get; } = Math.Max(BoxHeight, (label.Length * Letter) + 14);
    }
}
