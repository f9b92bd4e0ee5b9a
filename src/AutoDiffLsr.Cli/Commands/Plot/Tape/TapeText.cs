using System.Text;

namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>The graph in the languages of Graphviz and Mermaid.</summary>
internal static class TapeText
{
    public static string Dot(TapeGraph graph)
    {
        StringBuilder dot = new("digraph tape {\n  node [fontname=\"monospace\", fontsize=10];\n");
        foreach (TapeGraphNode node in graph.Nodes)
        {
            string shape = node.Kind switch
            {
                TapeGraphNodeKind.Constant => "note",
                TapeGraphNodeKind.Parameter => "box3d",
                _ => "box",
            };
            dot.Append($"  {node.Id} [shape={shape}, label=\"{string.Concat(Lines(node).Select(line => DotEscape(line) + "\\l"))}\"];\n");
        }

        foreach ((string from, string to) in Arrows(graph))
            dot.Append($"  {from} -> {to};\n");
        return dot.Append("}\n").ToString();
    }

    public static string Mermaid(TapeGraph graph)
    {
        StringBuilder mermaid = new("flowchart TD\n");
        foreach (TapeGraphNode node in graph.Nodes)
        {
            string text = string.Join("<br>", Lines(node).Select(line => line.Trim().Replace("\"", "#quot;", StringComparison.Ordinal)));
            (string open, string close) = node.Kind switch
            {
                TapeGraphNodeKind.Constant => ("[/\"", "\"/]"),
                TapeGraphNodeKind.Parameter => ("([\"", "\"])"),
                _ => ("[\"", "\"]"),
            };
            mermaid.Append($"  {node.Id}{open}{text}{close}\n");
        }

        foreach ((string from, string to) in Arrows(graph))
            mermaid.Append($"  {from} --> {to}\n");
        return mermaid.ToString();
    }

    private static IEnumerable<string> Lines(TapeGraphNode node)
    {
        string[] gradient = node.Gradient.Count == 0 ? [] : ["gradient", .. node.Gradient];
        return [node.Title, .. node.Value, .. gradient];
    }

    private static IEnumerable<(string From, string To)> Arrows(TapeGraph graph) =>
        graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node.Id)));

    private static string DotEscape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
